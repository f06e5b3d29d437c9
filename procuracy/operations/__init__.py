"""What a person types: `script/server`, `script/test`, `script/backup`, `script/restore`,
`script/manage`.

These modules work around Django, in a process of their own; what needs the models they ask of
`manage.py`.
"""
