"""How surprising letters are beside each other: what tells a word from a draw of lots.

For each pair of letters the information of the second after the first, in half bits, `a` for
none. Counted in 60,000 different words of program texts and documentation, each weighted by the
logarithm of its frequency. Words come to about 3.7 bits a pair, of twelve letters 99 in 100 to less
than 4.9; letters drawn by lot to 6.0, of twelve 99 in 100 to more than 4.6.
"""

_AFTER = (
    "pjijookrksngjgrjtgiflmonmr",
    "gkkmgmophlrfnnhmriimiqrsks",
    "gplmgoqhjxiinofnujlhjrqtmv",
    "hlmjelmqforkmninrkilkoprns",
    "jnihlkmqntqikgnlnfghpmnkot",
    "hnllhhoqevrinngnsikjjqqsmv",
    "iomneokihtqjlijnvgimjpqtpr",
    "fonneorqgtnllngosklikqnrkt",
    "klijjljtrtqijehlrkhhqluowl",
    "gommfoqtjimnnngmrogphoktiv",
    "hmllemmngrpjlkjlqlgkjolqnr",
    "gnmkeooqftphoogmuojjkortjt",
    "fkomeoprgvplkohgrojmkqrrnt",
    "hoihhlgpjrnnolinsohgllrtpt",
    "mljjomlrmqmiifkjwgjjilkoqs",
    "gqlmgnpkixqhpohjtgjikpqulv",
    "nnnnomrolrugpmqmmjilcnorqr",
    "gokkenlsgvmmklhmukiilnptlw",
    "kpinfnojhunkmnjjnnhfipnsmu",
    "holnfnqifvrlnoimthiklqoskr",
    "jikljmlsjtrhifmixghgrqsqut",
    "fomndoopfusnnnjlumlmqqorot",
    "fommfmojftmlnihnsihmpqoprt",
    "jnilhlomgsrljnlgqlkfnnoklq",
    "ilklhlmpiuqiiijftkhilnmpmn",
    "gonncorkgtqmmoinrommlrpqlk",
)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_BITS = dict(
    zip(
        [first + second for first in _LETTERS for second in _LETTERS],
        [(code - ord("a")) / 2 for code in "".join(_AFTER).encode()],
        strict=True,
    )
)


def surprise(text: str) -> tuple[int, float]:
    """How many pairs of letters there are in the text, and their information in bits."""
    lowered = text.lower()
    bits = [_BITS[pair] for pair in map(str.__add__, lowered, lowered[1:]) if pair in _BITS]
    return len(bits), sum(bits)
