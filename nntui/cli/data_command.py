"""``nntui data``: list the data sets."""


def data() -> int:
    """List the data sets, one line each."""
    from nntui.data.sources import CatalogueEntry, catalogue  # noqa: PLC0415 - imports numpy

    def cells(entry: CatalogueEntry) -> tuple[str, ...]:
        noise = "-" if entry.default_noise is None else f"{entry.default_noise:g}"
        number, _, may_be_chosen = entry.classes.partition(" ")
        kind = f"{number} classes{'*' if may_be_chosen else ''}" if number else "values"
        return (entry.name, entry.kind, kind, entry.points, noise, entry.description)

    heading = ("name", "kind", "predicts", "points", "noise", "what it is")
    rows = [heading, *map(cells, catalogue())]
    widths = [max(len(row[column]) for row in rows) for column in range(len(heading))]
    for row in rows:
        padded = (f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True))
        print("  ".join(padded).rstrip())
    print("\n* or any other number: --classes. Your own data: --data FILE.csv")
    return 0
