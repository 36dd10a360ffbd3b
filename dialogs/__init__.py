"""The rules: forms, questions, readings and dialogs. Pure: no SQL, network, clock, channel or document format."""
