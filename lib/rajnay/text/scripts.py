"""What single scripts write otherwise than their place in the parallel Brahmic blocks says, and the
letters of the Perso-Arabic script, each with the letter of the folded key that it stands for.

Tables, not rules: a script that needs more has it added here, once for all its languages.
"""

from __future__ import annotations

# Letters that one Brahmic script alone has, or that it sounds in its own way.
LETTERS_OF_ONE_SCRIPT = {
    # Bengali: ya is sounded j (the dotted one keeps y), khanda ta, Assamese ra and va
    "\u09af": "j",
    "\u09ce": "t",
    "\u09f0": "r",
    "\u09f1": "v",
    # Oriya: ya as in Bengali, wa
    "\u0b2f": "j",
    "\u0b71": "v",
    # Tamil has one letter for c and s; in the four southern scripts y parts a vowel from an ending
    "\u0b9a": "s",
    "\u0baf": "y",
    "\u0c2f": "y",
    "\u0caf": "y",
    "\u0d2f": "y",
    # Malayalam: consonants without a vowel
    "\u0d7a": "n",
    "\u0d7b": "n",
    "\u0d7c": "r",
    "\u0d7d": "l",
    "\u0d7e": "l",
    "\u0d7f": "k",
}
# What a letter stands for when it is joined below another: Bengali ya only broadens the vowel,
# Malayalam rra is t.
LETTERS_BELOW = {"\u09af": "", "\u0d31": "t"}
# Letters with what is joined to them that are not what they are alone: Bengali ya with its dot,
# Malayalam tta.
CLUSTERS = {"\u09af\u09bc": "i", "\u0d31\u0d4d\u0d31": "t"}
# Anusvaras that are sounded at the end of a word.
SOUNDED_AT_THE_END = {"\u0982": "ng"}

# Perso-Arabic letters. Alef, vav and the two yes stand for the long vowels, the short ones are not
# written; do-chashmi he, after the letter that it makes an aspirate, has a letter of its own.
ARABIC_LETTERS = {
    **dict.fromkeys("\u0627\u0622\u0623\u0671\u0639", "a"),
    **dict.fromkeys("\u0625\u06cc\u064a\u0649", "i"),
    **dict.fromkeys("\u0648\u0624", "o"),
    **dict.fromkeys("\u06d2\u06d3", "e"),
    "\u0628": "b",
    "\u067e": "p",
    **dict.fromkeys("\u062a\u0637\u0679", "t"),
    **dict.fromkeys("\u062b\u0633\u0634\u0635", "s"),
    **dict.fromkeys("\u062c\u0630\u0632\u0636\u0638\u0698", "j"),
    "\u0686": "c",
    **dict.fromkeys("\u062d\u0647\u0629\u06c1\u06c2\u06c3\u06d5", "h"),
    "\u06be": "H",
    "\u062e": "K",
    **dict.fromkeys("\u062f\u0688", "d"),
    **dict.fromkeys("\u0631\u0691", "r"),
    **dict.fromkeys("\u063a\u06af", "g"),
    "\u0641": "P",
    **dict.fromkeys("\u0642\u0643\u06a9", "k"),
    "\u0644": "l",
    "\u0645": "m",
    **dict.fromkeys("\u0646\u06ba", "n"),
}
