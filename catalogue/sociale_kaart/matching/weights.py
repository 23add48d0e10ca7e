"""Every weight of the search in one place, each with its reason.

All are shares of 1, unless the text says otherwise.
"""

from __future__ import annotations

# How words are compared.

SAME_SOUND = 0.97
"""Two spellings that sound the same are as good as equal, but an exact spelling wins."""

SHORTEST_WITH_SLIP = 3
"""Letters up to which a word must be spelled exactly: 'buu' and 'bus' are two words, not one with a slip."""

SHORT_WORD_LIKENESS = 75
"""Least likeness (0..100) of words of four or five letters: one slip ('oxd' in 'oud' is none)."""

LONG_WORD_LIKENESS = 75
"""Least likeness (0..100) of longer words: two slips in eight letters."""

SHORTEST_GLUED_PART = 4
"""Letters that each part of a word must have before it is cut in two."""

KNOWN_WORD_ALIKE = 0.84
"""Least likeness of a word that names a route or kind: a wrong route costs more than a missed slip."""

JOINED_WORDS_ALIKE = 0.93
"""Least likeness of words that are written as one on one side only: 'te zwaar' is no 'bezwaar'."""

SHORTEST_PART = 6
"""Letters from which a known word is recognised inside a compound ('borstkankergroep')."""

ENOUGH_FOR_ROUTE = 1.0
"""A route is understood from this total weight of its words (`zoekwoorden.yml`)."""

LEARNED_WORD_ALIKE = 0.86
"""Least likeness of a word to one that was learned: there are thousands, so many look alike."""

LEARNED_ENOUGH = 0.45
"""From this probability a learned route counts where the reviewed words say nothing."""

LEARNED_SURE = 0.6
"""From this probability it counts before the reviewed words, in a text of LEARNED_WORDS words or more."""

STRONG = 2.5
"""From this weight the reviewed words of `zoekwoorden.yml` say a route for sure."""

LEARNED_WORDS = 7
"""Words from which a text is a sentence, whose words explain each other."""

SHORTEST_JOINED_PLACE = 6
"""Letters of a place's name from which two words are read as its halves."""

# How names are recognised.

GENERIC = 0.2
"""What 'huis' or 'centrum' counts for beside a word that only this name has (which counts 1)."""

NAMED = 0.75
"""From this coverage of its words a name is taken to be meant: one short word may be missing or wrong."""

PARTLY_NAMED = 0.6
"""From this coverage a name is worth showing when nothing better was understood."""

WHOLE_TEXT_ALIKE = 0.80
"""From this likeness a name with its place is what the whole text means, however many slips it has."""

AS_GOOD_AS_BEST = 0.04
"""Likeness that two of those may differ and still both be meant: 'Odensehuis Groningen' is Zuid and Oost."""

SURE_DESPITE_PLACE = 0.92
"""From this likeness the name wins from a place that was read in its words ('edten-leur' is not Leur)."""

SURE_PLACE = 90.0
"""From this likeness (0..100) a place was read for sure: one slip in a long name."""

PLACE_ALIKE = 0.65
"""Least likeness of a word to the place of such an initiative: the place was typed, badly."""

COVERED_ALONE = 0.6
"""What a fully covered name is worth as a small part of the text; the rest grows with its share."""

NAME_BEFORE_WHOLE = 0.9
"""How much the words of a name count beside the likeness of the whole text, which only breaks ties."""

# How results are put in order.

BESIDE_WHOLE = 0.8
"""What else there is of a kind, when the whole text is the name and place of one: below that one."""

LATER_CHOICE = 0.08
"""What each further choice costs: a second choice nearby may pass a first one far away."""

LEAST_CHOICE = 0.4
"""What the last choice is still worth."""

ROUTE_BESIDE_KIND = 0.9
"""Other kinds of the same route, when the text names a kind: shown below it."""

FAR = 0.5
"""Nearness at the edge of what is sensible for a kind (its `max_km`): half of what is next door."""

SERVES = 0.95
"""Nearness of what works for this municipality from another place."""

OUT_OF_REACH = 0.4
"""Nearness of what was asked for by name and lies too far: shown, at the end."""

ONLY_PLACE = 0.7
"""Worth of what a place has, when the place is all that was asked."""

OTHER_AUDIENCE = 0.8
"""For people other than who was named ('jongeren' when a senior is meant): below what fits, not hidden."""

OUTSIDE_AGE = 0.6
"""An age limit that leaves the named age out weighs more: that person will be sent away at the door."""

NEEDS_REFERRAL = 0.93
"""What one can walk into goes before what needs a referral first, all else being equal."""

OLD_SOURCE = 0.9
"""The least that an old or undated source leaves: a tie-break, not a verdict."""

OLD_SOURCE_BY_NAME = 0.98
"""What was asked for by name is not passed by a fresher namesake."""

# Where the search stops, in km and points (0..100).

WIDEST_KM = 50.0
"""How far a search looks around a place for what was asked for by name."""

NEAREST_KM = 75.0
"""How far it looks for the nearest one where a place has none: an hour by car."""

LEAST_SCORE = 25.0
"""What scores less is noise beside what was asked."""
