import { srgbProfile } from './srgb-profile.ts'

/** What a pdfkit document offers between layout and its end. */
export interface PdfKitDocument {
  info: Record<string, unknown>
  _root: { data: Record<string, unknown> }
  _addInfo: () => void
  _addColorOutputIntent: () => void
  appendXML(xml: string): void
  ref(data: Record<string, unknown>): { write(bytes: Buffer): void; end(): void }
}

/**
 * Tells the file what it is, for archives (PDF/A-3a) and for assistive technology (PDF/UA-1): both identifiers, the description that
 * PDF/A asks for of a schema it does not know, our own colour profile, and metadata that stay well-formed whatever a plan is called.
 */
export function identify(document: PdfKitDocument): void {
  for (const method of ['_addInfo', '_addColorOutputIntent', 'appendXML', 'ref'] as const)
    if (typeof document[method] !== 'function') throw new Error(`pdfkit no longer has ${method}: the PDF adapter must be revised`)
  document.appendXML(UNIVERSAL_ACCESS)
  document._addColorOutputIntent = () => addOutputIntent(document)
  escapeMetadata(document)
}

const UNIVERSAL_ACCESS = `
<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about=""><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about="">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>`

/** pdfkit's file would bring its own profile, with terms of its own. */
function addOutputIntent(document: PdfKitDocument): void {
  const profile = srgbProfile()
  const written = document.ref({ Length: profile.length, N: 3 })
  written.write(profile)
  written.end()
  // oxlint-disable-next-line no-new-wrappers -- pdfkit writes a text for a String object and a name for a plain string
  const name = new String('sRGB IEC61966-2.1')
  const intent = document.ref({
    Type: 'OutputIntent',
    S: 'GTS_PDFA1',
    Info: name,
    OutputConditionIdentifier: name,
    DestOutputProfile: written,
  })
  intent.end()
  document._root.data.OutputIntents = [intent]
}

/** pdfkit writes titles and names into XML as they are; `&` and `<` in them would break the metadata and PDF/A with it. */
function escapeMetadata(document: PdfKitDocument): void {
  const original = document._addInfo.bind(document)
  document._addInfo = () => {
    const plain = document.info
    document.info = Object.fromEntries(
      Object.entries(plain).map(([key, value]) => [key, typeof value === 'string' ? escapeXml(value) : value]),
    )
    original()
    document.info = plain
  }
}

const escapeXml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
