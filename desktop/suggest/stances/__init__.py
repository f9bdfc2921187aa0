"""Who is for or against what: by rule, weighed by the network, summed up by issue."""
