"""What a presentation needs besides its screen: the step it is at, prepared answers, the server of
the hall.
"""
