"""Every sentence of the dialogs, in Vietnamese, in one place. People are addressed as "đồng chí"."""
