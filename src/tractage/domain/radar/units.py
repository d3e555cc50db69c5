"""The unit of delays."""

# 2⁻²² s is the spacing of float64 numbers around today's epoch seconds: delays summed in that unit are exact
TICKS_PER_SECOND = 4_194_304
