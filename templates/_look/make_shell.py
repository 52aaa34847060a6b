"""The house look in, a slim Word shell (shell.docx) out: styles, numbering, header and footer; standard library only.

The shell may also be edited in Word; this script only makes it anew from nothing. Its text is filled by the writer:
``{{ body }}`` gives way to the document, ``{{ foot }}`` to the running foot, ``{% if draft %}`` keeps the watermark.
"""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.sax.saxutils import quoteattr

MM = 1440 / 25.4  # twentieths of a point in a millimetre
TEXT_WIDTH = round(165 * MM)
NUMBER_COLUMN = round(12 * MM)
SUBNUMBER_COLUMN = round(16 * MM)
LABEL_COLUMN = round(28 * MM)
FACE = 1.149  # the height of Times New Roman in its own size
GREY = "595959"  # 35 % of the way from black to white

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:w10="urn:schemas-microsoft-com:office:word"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"

KEEP = "<w:keepNext/><w:keepLines/>"
WHOLE = "<w:suppressAutoHyphens/>"
SANS = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/>'


def spacing(before: float = 0, after: float = 0, line: float = 1.2) -> str:
    """Return air before and after in points, and leading in sizes of the letters.

    Word counts leading in heights of the face, hence the division.
    """
    return (
        f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}"'
        f' w:line="{round(line / FACE * 240)}" w:lineRule="auto"/>'
    )


def indent(left: int, hanging: int = 0) -> str:
    """Return a left edge with a hanging first line, in twentieths of a point."""
    return f'<w:ind w:left="{left}" w:hanging="{hanging}"/>'


def align(where: str) -> str:
    """Return how lines align: left, center, right, both."""
    return f'<w:jc w:val="{where}"/>'


def size(points: float) -> str:
    """Return the size of letters."""
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def label_tabs() -> str:
    """Return where the value of a requisite may begin: at its column, or a little further after a longer label."""
    stops = (LABEL_COLUMN + round(step * 2 * MM) for step in range(7))
    return "<w:tabs>" + "".join(f'<w:tab w:val="left" w:pos="{at}"/>' for at in stops) + "</w:tabs>"


def right_tab(leader: str = "none", at: int = TEXT_WIDTH) -> str:
    """Return one tab stop at the right edge (or at a place of its own)."""
    kind = "right" if leader == "none" else "left"
    return f'<w:tabs><w:tab w:val="{kind}" w:leader="{leader}" w:pos="{at}"/></w:tabs>'


def numbered(level: int, number: int = 1) -> str:
    """Return membership in a multilevel list: the document's own, or the one of annexes."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


HAIR = 'w:line="20" w:lineRule="exact"'  # a paragraph that is only air: Word has no margins around a table
BOLD = "<w:b/><w:bCs/>"
LEVELS = (  # the text of the number, its left edge, the width of its column
    ("%1.", NUMBER_COLUMN, NUMBER_COLUMN),
    ("%1.%2.", NUMBER_COLUMN, NUMBER_COLUMN),
    ("%1.%2.%3.", NUMBER_COLUMN + SUBNUMBER_COLUMN, SUBNUMBER_COLUMN),
)
LISTS = (  # the document's own and that of annexes: name and template as Word stamps them, the styles of the levels
    ("2D0C6E4A", "5A1E7B30", ("heading 1", "clause", "subclause")),
    ("41B7392C", "6C05D8F2", ("point", "", "")),  # a style may belong to one list only
)
EDGES = [indent(left, hanging) for _, left, hanging in LEVELS]
SIGNATURE = round(30 * MM)

# name, Russian alias, paragraph properties (in the order of the schema), run properties
PARAGRAPHS: tuple[tuple[str, str, str, str], ...] = (
    ("header", "", spacing(), size(8.5)),
    (
        "footer", "",
        f'<w:pBdr><w:top w:val="single" w:sz="4" w:space="4" w:color="{GREY}"/></w:pBdr>'
        + right_tab() + WHOLE + spacing(),
        SANS + f'<w:color w:val="{GREY}"/>' + size(8.5),
    ),
    (  # the rule stands under the last line alone: Word draws one around paragraphs whose borders are the same
        "letterhead", "Бланк",
        KEEP + f'<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="6" w:color="{GREY}"/></w:pBdr>' + WHOLE
        + spacing(0, 14) + "<w:contextualSpacing/>" + align("right"),
        SANS + f'<w:color w:val="{GREY}"/>' + size(8.5),
    ),
    (
        "Title", "Название документа", KEEP + WHOLE + spacing(after=2) + align("center"),
        BOLD + '<w:caps/><w:spacing w:val="8"/>' + size(14),
    ),
    ("number", "Номер документа", KEEP + WHOLE + spacing(after=2) + align("center"), ""),
    ("place date", "Место и дата", KEEP + right_tab() + WHOLE + spacing(10, 12), ""),
    ("addressee", "Адресат", WHOLE + spacing(after=18) + indent(round(85 * MM)) + "<w:contextualSpacing/>", ""),
    ("preamble", "Преамбула", spacing(0, 5) + align("both"), ""),
    ("Body Text", "Текст", spacing(3.5, 0) + align("both"), ""),
    ("quoted", "Новая редакция", spacing(3, 0) + indent(680) + align("both"), ""),
    ("note", "Примечание", spacing(4, 4, 1.15) + align("both"), size(10)),
    (
        "heading 1", "Раздел", KEEP + numbered(0) + WHOLE + spacing(14, 5) + EDGES[0] + '<w:outlineLvl w:val="0"/>',
        BOLD,
    ),
    ("point", "Пункт приложения", numbered(0, 2) + spacing(3.5, 0) + EDGES[0] + align("both"), ""),
    ("clause", "Пункт", numbered(1) + spacing(3.5, 0) + EDGES[1] + align("both"), ""),
    ("subclause", "Подпункт", numbered(2) + spacing(3, 0) + EDGES[2] + align("both"), ""),
    ("caption", "Название таблицы", KEEP + WHOLE + spacing(8, 4), ""),
    ("table head", "Головка таблицы", "<w:keepNext/>" + WHOLE + spacing(2.5, 2.5, 1.1), BOLD + size(10)),
    ("table cell", "Ячейка таблицы", WHOLE + spacing(3.5, 3.5, 1.15), size(11)),
    ("table total", "Итог таблицы", WHOLE + spacing(3.5, 3.5, 1.15), BOLD + size(11)),
    ("table start", "Перед таблицей", f'<w:keepNext/><w:spacing w:before="{7 * 20}" w:after="0" {HAIR}/>', size(1)),
    ("table end", "После таблицы", f'<w:spacing w:before="0" w:after="{4 * 20}" {HAIR}/>', size(1)),
    (  # a line as high as its picture
        "qr", "QR-код",
        "<w:keepLines/>" + WHOLE + '<w:spacing w:before="80" w:after="40" w:line="240" w:lineRule="auto"/>', size(10),
    ),
    ("parties heading", "Заголовок реквизитов", KEEP + WHOLE + spacing(14, 0), BOLD),
    ("party", "Сторона", "<w:keepLines/>" + WHOLE + spacing(10, 4, 1.15), BOLD + size(11)),
    (
        "requisite", "Реквизит", label_tabs() + WHOLE + spacing(0, 2, 1.15) + indent(LABEL_COLUMN, LABEL_COLUMN),
        size(10),
    ),
    ("requisite line", "Реквизит без названия", WHOLE + spacing(0, 2, 1.15), size(10)),
    ("signature position", "Должность", "<w:keepLines/>" + WHOLE + spacing(14, 14, 1.15), size(10)),
    (
        "signature", "Подпись",
        "<w:keepLines/>" + right_tab("underscore", SIGNATURE) + WHOLE + spacing()
        + indent(SIGNATURE + 60, SIGNATURE + 60),
        size(10.5),
    ),
    ("seal", "Место печати", WHOLE + spacing(2, 0, 1.1), size(8.5)),
    (
        "annex", "Приложение", KEEP + "<w:pageBreakBefore/>" + WHOLE + spacing() + align("right")
        + '<w:outlineLvl w:val="0"/>',
        size(11),
    ),
    ("annex label", "К какому документу", KEEP + WHOLE + spacing() + align("right"), size(11)),
    ("annex title", "Название приложения", KEEP + WHOLE + spacing(18, 12) + align("center"), BOLD),
)
RULE = 'w:val="single" w:sz="4" w:space="0" w:color="auto"'
CELL_AIR = round(1.8 * MM)
TABLES: tuple[tuple[str, str, str], ...] = (  # name, alias, properties
    (
        "table", "Таблица",
        f"<w:tblPr><w:tblBorders><w:top {RULE}/><w:bottom {RULE}/></w:tblBorders><w:tblCellMar>"
        f'<w:left w:w="{CELL_AIR}" w:type="dxa"/><w:right w:w="{CELL_AIR}" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        '<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>'
        f"<w:bottom {RULE}/></w:tcBorders></w:tcPr></w:tblStylePr>",
    ),
    (
        "parties", "Реквизиты и подписи сторон",
        '<w:tblPr><w:tblCellMar><w:left w:w="0" w:type="dxa"/>'
        f'<w:right w:w="{round(4 * MM)}" w:type="dxa"/></w:tblCellMar></w:tblPr>',
    ),
)


def style_id(name: str) -> str:
    """Return a style's id: its name's words run together.

    >>> style_id("annex title")
    'AnnexTitle'
    """
    return "".join(word[:1].upper() + word[1:] for word in name.split())


def naming(kind: str, name: str, alias: str, base: str, *, custom: bool) -> str:
    """Return the opening of a style up to its properties."""
    own = ' w:customStyle="1"' if custom else ""
    aliases = f"<w:aliases w:val={quoteattr(alias)}/>" if alias else ""
    return (
        f'<w:style w:type="{kind}"{own} w:styleId="{style_id(name)}"><w:name w:val="{name}"/>{aliases}'
        f'<w:basedOn w:val="{base}"/>'
    )


BUILT_IN = {"header", "footer", "Title", "Body Text", "heading 1", "caption"}


def paragraph_style(name: str, alias: str, paragraph: str, run: str) -> str:
    """Return one paragraph style."""
    opening = naming("paragraph", name, alias, "Normal", custom=name not in BUILT_IN)
    following = '<w:next w:val="Clause"/>' if name == "heading 1" else ""
    return (
        f"{opening}{following}<w:qFormat/><w:pPr>{paragraph}</w:pPr>" + (f"<w:rPr>{run}</w:rPr>" if run else "")
        + "</w:style>"
    )


def table_style(name: str, alias: str, properties: str) -> str:
    """Return one table style."""
    return f"{naming('table', name, alias, 'TableNormal', custom=True)}<w:qFormat/>{properties}</w:style>"


def styles() -> str:
    """Return styles.xml."""
    defaults = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"'
        ' w:eastAsia="Times New Roman" w:cs="Times New Roman"/>' + size(12) +
        '<w:lang w:val="ru-RU" w:eastAsia="ru-RU" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr><w:widowControl/>{spacing()}</w:pPr></w:pPrDefault></w:docDefaults>"
    )
    roots = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
    )
    paragraphs = "".join(paragraph_style(*style) for style in PARAGRAPHS)
    tables = "".join(table_style(*style) for style in TABLES)
    return f"{DECLARATION}<w:styles {NAMESPACES}>{defaults}{roots}{paragraphs}{tables}</w:styles>"


def numbering() -> str:
    """Return numbering.xml: multilevel lists whose levels belong to styles."""
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{place}"><w:nsid w:val="{name}"/><w:multiLevelType w:val="multilevel"/>'
        f'<w:tmpl w:val="{template}"/>{levels(styles)}</w:abstractNum>'
        for place, (name, template, styles) in enumerate(LISTS)
    )
    concrete = "".join(
        f'<w:num w:numId="{place + 1}"><w:abstractNumId w:val="{place}"/></w:num>' for place in range(len(LISTS))
    )
    return f"{DECLARATION}<w:numbering {NAMESPACES}>{abstract}{concrete}</w:numbering>"


def levels(styles: tuple[str, ...]) -> str:
    """Return the levels of a list and the styles that they belong to; a level may belong to none."""
    owners = [f'<w:pStyle w:val="{style_id(style)}"/>' if style else "" for style in styles]
    return "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>{owner}'
        f'<w:suff w:val="tab"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:tabs><w:tab w:val="num" w:pos="{left}"/></w:tabs>{indent(left, hanging)}</w:pPr></w:lvl>'
        for level, ((text, left, hanging), owner) in enumerate(zip(LEVELS, owners, strict=True))
    )


def settings() -> str:
    """Return settings.xml: hyphenation, current Word, Russian; never a question about fields on opening."""
    word = "http://schemas.microsoft.com/office/word"
    compatibility = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="{word}" w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", 15),
            ("overrideTableStyleFontSizeAndJustification", 1),
            ("enableOpenTypeFeatures", 1),
            ("doNotFlipMirrorIndents", 1),
            ("differentiateMultirowTableHeaders", 1),
        )
    )
    return (
        f'{DECLARATION}<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="709"/>'
        '<w:autoHyphenation/><w:consecutiveHyphenLimit w:val="2"/><w:hyphenationZone w:val="357"/>'
        '<w:doNotHyphenateCaps/><w:characterSpacingControl w:val="doNotCompress"/>'
        f'<w:compat>{compatibility}</w:compat><w:themeFontLang w:val="ru-RU"/>'
        '<w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" w:accent1="accent1"'
        ' w:accent2="accent2" w:accent3="accent3" w:accent4="accent4" w:accent5="accent5" w:accent6="accent6"'
        ' w:hyperlink="hyperlink" w:followedHyperlink="followedHyperlink"/>'
        '<w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
    )


def field(instruction: str) -> str:
    """Return a complex field whose result Word works out while laying out pages."""
    parts = ('<w:fldChar w:fldCharType="begin"/>', f'<w:instrText xml:space="preserve"> {instruction} </w:instrText>',
             '<w:fldChar w:fldCharType="separate"/>', "<w:t>1</w:t>", '<w:fldChar w:fldCharType="end"/>')
    return "".join(f"<w:r>{part}</w:r>" for part in parts)


def text(words: str) -> str:
    """Return one run of text."""
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def footer() -> str:
    """Return the running foot: short name left, the word of a draft in the middle, page of pages right."""
    name, tab = text("{{ foot }}"), "<w:r><w:tab/></w:r>"
    page = text("стр. ") + field("PAGE") + text(" из ") + field("NUMPAGES")
    middle = f'<w:tabs><w:tab w:val="center" w:pos="{TEXT_WIDTH // 2}"/></w:tabs>'

    def line(content: str, properties: str = "") -> str:
        return f'<w:p><w:pPr><w:pStyle w:val="Footer"/>{properties}</w:pPr>{content}</w:p>'

    return (
        f"{DECLARATION}<w:ftr {NAMESPACES}>{line(text('{%p if draft %}'))}"
        f"{line(name + tab + text('ПРОЕКТ') + tab + page, middle)}{line(text('{%p else %}'))}"
        f"{line(name + tab + page)}{line(text('{%p endif %}'))}</w:ftr>"
    )


def header() -> str:
    """Return the header: nothing but the watermark of a draft, made as Word makes it."""
    formulas = "".join(f'<v:f eqn="{equation}"/>' for equation in (
        "sum #0 0 10800", "prod #0 2 1", "sum 21600 0 @1", "sum 0 0 @2", "sum 21600 0 @3", "if @0 @3 0",
        "if @0 21600 @1", "if @0 0 @2", "if @0 @4 21600", "mid @5 @6", "mid @8 @5", "mid @7 @8",
        "mid @6 @7", "sum @6 0 @5",
    ))
    shape_type = (
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"'
        ' path="m@7,l@8,m@5,21600l@6,21600e">'
        f'<v:formulas>{formulas}</v:formulas><v:path textpathok="t" o:connecttype="custom"'
        ' o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>'
        '<v:textpath on="t" fitshape="t"/><v:handles><v:h position="#0,bottomRight" xrange="6629,14971"/></v:handles>'
        '<o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>'
    )
    # Word fits the line of letters, ascent and descent included, into the shape: 96 pt bold take 432 by 110 pt, as
    # in watermark.svg. LibreOffice takes the width alone, and no weight.
    place = (
        "position:absolute;margin-left:0;margin-top:0;width:432pt;height:110pt;rotation:315;z-index:-251658752;"
        "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        "mso-position-vertical:center;mso-position-vertical-relative:margin"
    )
    shape = (
        '<v:shape id="PowerPlusWaterMarkObject1" o:spid="_x0000_s2049" type="#_x0000_t136" alt="ПРОЕКТ"'
        f' style="{place}" o:allowincell="f" fillcolor="#d1d1d1" stroked="f"><v:fill opacity=".5"/>'
        '<v:textpath style="font-family:&quot;Times New Roman&quot;;font-size:1pt;font-weight:bold" string="ПРОЕКТ"/>'
        "</v:shape>"
    )
    return (
        f'{DECLARATION}<w:hdr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>{text("{%r if draft %}")}'
        f"<w:r><w:rPr><w:noProof/></w:rPr><w:pict>{shape_type}{shape}</w:pict></w:r>"
        f"{text('{%r endif %}')}</w:p></w:hdr>"
    )


def document() -> str:
    """Return document.xml: one marker paragraph and the page."""
    def mm(length: float) -> int:
        return round(length * MM)

    return (
        f"{DECLARATION}<w:document {NAMESPACES}><w:body><w:p>{text('{{ body }}')}</w:p><w:sectPr>"
        '<w:headerReference w:type="default" r:id="rId5"/><w:footerReference w:type="default" r:id="rId6"/>'
        f'<w:pgSz w:w="{mm(210)}" w:h="{mm(297)}"/><w:pgMar w:top="{mm(20)}" w:right="{mm(15)}" w:bottom="{mm(20)}"'
        f' w:left="{mm(30)}" w:header="{mm(9)}" w:footer="{mm(9)}" w:gutter="0"/></w:sectPr></w:body></w:document>'
    )


def font_table() -> str:
    """Return fontTable.xml: the two families, so that a machine without them finds their likes."""
    families = (("Times New Roman", "02020603050405020304", "roman", "Liberation Serif"),
                ("Arial", "020B0604020202020204", "swiss", "Liberation Sans"))
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{like}"/><w:panose1 w:val="{panose}"/><w:charset w:val="CC"/>'
        f'<w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
        for name, panose, family, like in families
    )
    return f"{DECLARATION}<w:fonts {NAMESPACES}>{fonts}</w:fonts>"


def theme() -> str:
    """Return theme1.xml: black, white and greys, the two families."""
    colours = {"dk1": "000000", "lt1": "FFFFFF", "dk2": "262626", "lt2": "F2F2F2"}
    colours |= {f"accent{index}": GREY for index in range(1, 7)}
    colours |= {"hlink": "000000", "folHlink": "000000"}
    scheme = "".join(f'<a:{name}><a:srgbClr val="{colour}"/></a:{name}>' for name, colour in colours.items())

    def fonts(name: str, face: str) -> str:
        return f'<a:{name}><a:latin typeface="{face}"/><a:ea typeface=""/><a:cs typeface=""/></a:{name}>'

    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{DECLARATION}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="docgen">'
        f'<a:themeElements><a:clrScheme name="docgen">{scheme}</a:clrScheme><a:fontScheme name="docgen">'
        f'{fonts("majorFont", "Times New Roman")}{fonts("minorFont", "Times New Roman")}</a:fontScheme>'
        f'<a:fmtScheme name="docgen"><a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst>'
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst>"
        "</a:fmtScheme></a:themeElements></a:theme>"
    )


def relationships(pairs: tuple[tuple[str, str], ...]) -> str:
    """Return a .rels part: types and targets, numbered from rId1."""
    rows = "".join(
        f'<Relationship Id="rId{index}" Type="{kind}" Target="{target}"/>'
        for index, (kind, target) in enumerate(pairs, start=1)
    )
    return f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def content_types() -> str:
    """Return [Content_Types].xml."""
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    parts = {
        "/word/document.xml": f"{word}.document.main+xml",
        **{f"/word/{name}.xml": f"{word}.{name}+xml" for name in ("styles", "numbering", "settings", "fontTable")},
        "/word/header1.xml": f"{word}.header+xml",
        "/word/footer1.xml": f"{word}.footer+xml",
        "/word/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    }
    overrides = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in parts.items())
    return (
        f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def parts() -> dict[str, str]:
    """Return every part of the shell by its name in the package."""
    extended = 'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"'
    return {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relationships((
            (f"{OFFICE}/officeDocument", "word/document.xml"),
            (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            (f"{OFFICE}/extended-properties", "docProps/app.xml"),
        )),
        "docProps/app.xml": f"{DECLARATION}<Properties {extended}><Application>docgen</Application></Properties>",
        "docProps/core.xml": f'{DECLARATION}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"/>',
        "word/_rels/document.xml.rels": relationships(tuple(
            (f"{OFFICE}/{kind}", target) for kind, target in (
                ("styles", "styles.xml"), ("numbering", "numbering.xml"), ("settings", "settings.xml"),
                ("fontTable", "fontTable.xml"), ("header", "header1.xml"), ("footer", "footer1.xml"),
                ("theme", "theme/theme1.xml"),
            )
        )),
        "word/document.xml": document(),
        "word/fontTable.xml": font_table(),
        "word/footer1.xml": footer(),
        "word/header1.xml": header(),
        "word/numbering.xml": numbering(),
        "word/settings.xml": settings(),
        "word/styles.xml": styles(),
        "word/theme/theme1.xml": theme(),
    }


def main() -> None:
    """Write shell.docx beside this script; the same bytes every time."""
    with zipfile.ZipFile(Path(__file__).with_name("shell.docx"), "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts().items():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, content)


if __name__ == "__main__":
    main()
