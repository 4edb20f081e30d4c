"""The editor of questionnaires in the admin.

Its parts, lower first:

pieces, reach    a questionnaire's JSON piece by piece, and what of it can ever be asked
findings         what keeps a draft from being published, with where to mend it
status, rules    who may do what, and what stands in the way
actions          begin, write, move, remove, publish
conditions, forms, outline, views, urls
"""
