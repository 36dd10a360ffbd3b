"""The desk of a coordinator: dialogs about the reports of others."""
