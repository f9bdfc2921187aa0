"""What macOS is told of the program: its name there, and the files that are its own."""

from __future__ import annotations

from typing import Any

IDENTIFIER = "io.github.standfirst.standfirst"
PROJECT = f"{IDENTIFIER}.project"

INFORMATION: dict[str, Any] = {
    "CFBundleDisplayName": "Standfirst",
    "LSMinimumSystemVersion": "13.0",  # of Qt 6.11
    "NSHighResolutionCapable": True,
    "CFBundleDocumentTypes": [
        {
            "CFBundleTypeName": "Standfirst project",
            "CFBundleTypeRole": "Editor",
            "CFBundleTypeIconFile": "standfirst.icns",
            "LSHandlerRank": "Owner",
            "LSItemContentTypes": [PROJECT],
        }
    ],
    "UTExportedTypeDeclarations": [
        {
            "UTTypeIdentifier": PROJECT,
            "UTTypeDescription": "Standfirst project",
            "UTTypeConformsTo": ["public.database", "public.data"],
            "UTTypeTagSpecification": {"public.filename-extension": ["standfirst"]},
        }
    ],
}
"""For ``Info.plist``: a double click on a project opens this program."""
