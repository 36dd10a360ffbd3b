"""The values that cross the walls of the packages: frozen, and without a will of their own.

What came in (events), what may be looked at (world, report_view, desk_world, staff_world), what is decided (decisions)
and to be done (effects), who may (rights).
May import: kinds, forms.
Read: events, effects, decisions, world, report_view, rights; the others when a dialog names them.
"""
