"""What a presentation needs besides its screen: the step it is at,
the next one ready, the hall's server.
"""
