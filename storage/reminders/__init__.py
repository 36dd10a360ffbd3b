"""Who is reminded of what and when: planned ahead, queued in waves, composed when they are sent.

May import: schema, units, campaigns, messages, people, reports.
Read: reminders, schedules, plan, rows, owed, waves, messages; desk_plan, desk and reach for coordinators; by_hand.
"""
