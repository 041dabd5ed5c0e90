"""The page on which a manager collates receipts, where there is no register; docs/assets/collate.mjs does the work."""

from handbook.addresses import COLLATE, ENGINE_MANIFEST, course_url
from handbook.library import Library
from handbook.pages.markup import attribute, module_preloads, page

# What collate.mjs is made of: named in the page, it is fetched at once, and not one import after the other.
MODULES = (
    "collate/desk",
    "collate/file-texts",
    "collate/list-view",
    "my-trust",
    "training/course",
    "training/download",
    "training/elements",
    "training/engine-client",
    "training/last-start",
    "training/opened-worker",
    "training/long-date",
    "training/notice",
)

PROVES = """## What a receipt proves {#proves}

- **These answers pass this course.** They are graded again here. The score is not taken from the file.
- **Not who gave them.** The name is what somebody typed.
- **Not when.** The date is what their device said.
- **Not at which try.** The person's own browser draws the questions. Somebody can start again until they are easy.
- **Not that nobody touched the file.** The checksum shows a slip or a careless edit. It is no signature.

The receipts and the staff list stay in this browser. Nothing is sent, and nothing is kept once you close the page."""


def collate_pages(library: Library) -> dict[str, str]:
    """Return the page."""
    body = [
        "# Collate receipts",
        '<p class="intro">Drop the receipts that your staff sent you, and your staff list beside them. '
        "You get the completion list, and who is missing.</p>",
        "<p>A receipt proves that its answers pass the course. It does not prove who gave them, or when. "
        '<a href="#proves">What a receipt proves</a></p>',
        _desk(library),
        PROVES,
    ]
    description = "Check receipts of the training, see who is missing, and download the completion list."
    text = page("Collate receipts", body, description=description, modules=["collate.mjs"], wide=True)
    return {"collate/index.md": text}


def _desk(library: Library) -> str:
    """Return the form and the place of the list, in the markup that docs/assets/collate keeps to.

    #collate[data-engine-manifest]
        form[hidden] > .field > select#collate-trust > option[value=<course address>][data-trust]
                     > .drop > .field* > input#receipt-files[type=file], input#staff-file[type=file]
        p.collate-status[role=status]
        .collated[hidden]
    """
    trusts = "\n".join(
        f'<option value="{course_url(trust.id)}" data-trust="{attribute(trust.id)}">{attribute(trust.name)}</option>'
        for trust in library.trusts.values()
    )
    return f"""<div id="collate" class="collate" data-engine-manifest="{ENGINE_MANIFEST}">
{module_preloads(MODULES)}
<noscript><p class="notice">Checking receipts needs JavaScript.</p></noscript>
<form action="{COLLATE}" aria-label="Receipts and staff list" hidden>
<div class="field"><label for="collate-trust">Whose training should they have taken?</label>
<select id="collate-trust" autocomplete="off"><option value="">Choose the trust</option>
{trusts}</select></div>
<div class="drop">
<p>Drop files anywhere in this box, hundreds at once. Or choose them:</p>
<div class="field"><label for="receipt-files">Receipts</label>
<p class="hint" id="receipt-files-hint">The files that the training saved.</p>
<input type="file" id="receipt-files" accept=".json,.txt,application/json" multiple
aria-describedby="receipt-files-hint"></div>
<div class="field"><label for="staff-file">Staff list</label>
<p class="hint" id="staff-file-hint">A CSV file. Its first line names the columns: Name or E-mail, and School if you
like.</p>
<input type="file" id="staff-file" accept=".csv,.tsv,.txt,text/csv" aria-describedby="staff-file-hint"></div>
</div>
</form>
<p class="collate-status" role="status"></p>
<div class="collated" hidden></div>
</div>"""
