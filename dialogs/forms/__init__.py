"""Forms and what is asked with them: the YAML files, their reading and checking, addresses, questions, answers.

To add a form: a YAML file here; ``baocao form check FILE`` names what is wrong with it.
May import: kinds, reading.
Read: answers, form, questions, addresses, question_lookup; for files form_file, form_tree, form_schema, form_checks.
"""
