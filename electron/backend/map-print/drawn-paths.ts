import { PDFArray, PDFDocument, PDFRawStream, decodePDFRawStream, type PDFPage } from 'pdf-lib'

/** A corner of a path on a page, points from the page's lower left, with the colour that was set for filling. */
export interface DrawnPath {
  page: number
  fill: string
  at: [number, number][]
}

type Matrix = [number, number, number, number, number, number]

const times = ([a, b, c, d, e, f]: Matrix, [g, h, i, j, k, l]: Matrix): Matrix => [
  a * g + b * i,
  a * h + b * j,
  c * g + d * i,
  c * h + d * j,
  e * g + f * i + k,
  e * h + f * j + l,
]

/** Reads what a PDF really draws on its pages, following its own coordinate changes: a ruler for tests, on paper and not on our word. */
export async function drawnPaths(bytes: Uint8Array): Promise<DrawnPath[]> {
  const document = await PDFDocument.load(bytes, { updateMetadata: false })
  return document.getPages().flatMap((page, at) => pathsOf(contentOf(page), at))
}

function contentOf(page: PDFPage): string {
  const contents = page.node.Contents()
  const streams = contents instanceof PDFArray ? contents.asArray().map((ref) => page.doc.context.lookup(ref)) : [contents]
  return streams
    .map((stream) => (stream instanceof PDFRawStream ? Buffer.from(decodePDFRawStream(stream).decode()).toString('latin1') : ''))
    .join('\n')
}

function pathsOf(content: string, page: number): DrawnPath[] {
  const paths: DrawnPath[] = []
  const kept: { matrix: Matrix; fill: string }[] = []
  let [matrix, fill]: [Matrix, string] = [[1, 0, 0, 1, 0, 0], '']
  let path: [number, number][] = []
  let numbers: number[] = []
  const point = (x = 0, y = 0) => {
    const [a, b, c, d, e, f] = matrix
    path.push([a * x + c * y + e, b * x + d * y + f])
  }
  // Texts and names may hold anything; only numbers and operators are read.
  for (const token of content.replace(/\((?:\\.|[^\\)])*\)|<[^>]*>|\/[^\s/<>[\]()]+/g, ' ').split(/[\s[\]]+/)) {
    if (/^[-+.\d]/.test(token)) {
      numbers.push(Number(token))
      continue
    }
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = numbers
    if (token === 'q') kept.push({ matrix, fill })
    else if (token === 'Q') ({ matrix, fill } = kept.pop() ?? { matrix, fill })
    else if (token === 'cm') matrix = times([a, b, c, d, e, f], matrix)
    else if (token === 'm' || token === 'l') point(a, b)
    else if (token === 'c') point(e, f)
    else if (token === 're')
      for (const [x, y] of [[a, b], [a + c, b], [a + c, b + d], [a, b + d]]) point(x, y) // prettier-ignore
    else if (token === 'scn' || token === 'rg') fill = numbers.map((share) => Math.round(share * 255)).join(' ')
    else if (/^(?:f\*?|F|S|s|B\*?|b\*?|n)$/.test(token)) {
      if (token !== 'n' && path.length > 0) paths.push({ page, fill, at: path })
      path = []
    }
    numbers = []
  }
  return paths
}
