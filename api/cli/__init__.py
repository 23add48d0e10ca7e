"""The command line, `sociale-triage`: one module per family of commands.

Modules import what they need inside their commands, so that `ask`, `evaluate` and `catalogue`
start without Rasa and `--help` starts without anything.

Exit codes: 0 done; 1 the checked data has faults (`catalogue check`, `catalogue import`,
`safety-report`); 2 the command cannot be carried out as given (usage, a missing file or model).
"""
