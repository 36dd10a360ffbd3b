"""The workshop: it works the jobs that turns left, long ones in a process of their own, and makes the documents.

May import: runtime.
Read: workshop, unit_documents, compiled_files, compile_process; pictures, plan_documents, record_file.
"""
