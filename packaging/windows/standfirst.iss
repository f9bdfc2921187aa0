; The installer for Windows, made by Inno Setup 6:
;   iscc /DVersion=0.1.0 packaging\windows\standfirst.iss
; To sign it, configure a sign tool called "standfirst" in Inno Setup and add /DSign.

#ifndef Version
  #error Give the version: /DVersion=0.1.0
#endif

[Setup]
AppId={{7B2E6C0B-3C55-4D3F-9E0A-5F4E5D464E44}
AppName=Standfirst
AppVersion={#Version}
AppPublisher=The Standfirst authors
VersionInfoVersion={#Version}
DefaultDirName={autopf}\Standfirst
DefaultGroupName=Standfirst
DisableProgramGroupPage=yes
; Anybody may install it for themselves, without an administrator.
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
ChangesAssociations=yes
LicenseFile=..\..\LICENSE
OutputDir=..\..\build\package
OutputBaseFilename=standfirst_{#Version}_setup
UninstallDisplayIcon={app}\standfirst.exe
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
#ifdef Sign
SignTool=standfirst
SignedUninstaller=yes
#endif

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

[Files]
Source: "..\..\build\package\standfirst\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[InstallDelete]
; Of an older version nothing stays: a library left over could be loaded in place of a new one.
Type: filesandordirs; Name: "{app}\_internal"

[Icons]
Name: "{group}\Standfirst"; Filename: "{app}\standfirst.exe"
Name: "{autodesktop}\Standfirst"; Filename: "{app}\standfirst.exe"; Tasks: desktopicon

[Registry]
Root: HKA; Subkey: "Software\Classes\.standfirst"; ValueType: string; ValueData: "Standfirst.Project"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\Standfirst.Project"; ValueType: string; ValueData: "Standfirst project"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Standfirst.Project\DefaultIcon"; ValueType: string; ValueData: "{app}\standfirst.exe,0"
Root: HKA; Subkey: "Software\Classes\Standfirst.Project\shell\open\command"; ValueType: string; ValueData: """{app}\standfirst.exe"" ""%1"""

[Run]
Filename: "{app}\standfirst.exe"; Description: "{cm:LaunchProgram,Standfirst}"; Flags: nowait postinstall skipifsilent
