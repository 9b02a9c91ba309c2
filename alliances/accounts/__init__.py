"""Room 4: who may come to the editors' desk: signing in, the second factor, a forgotten password.

It knows no record. The devices are django-otp's; guesses are counted by django-axes.
"""
