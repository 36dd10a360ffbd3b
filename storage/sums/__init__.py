"""Sums over the units below: what adds up, the own figure that replaces a sum, the sums that were sent.

May import: schema, campaigns.
Read: sum_rules, rollup, overrides, frozen.
"""
