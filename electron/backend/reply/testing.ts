import yauzl from 'yauzl'

/** The parts of an archive as text, for tests. */
export async function partsOfZip(file: string): Promise<Map<string, string>> {
  const zip = await yauzl.openPromise(file, { autoClose: false })
  const found = new Map<string, string>()
  for await (const entry of zip.eachEntry()) {
    const chunks: Buffer[] = []
    for await (const chunk of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) chunks.push(chunk)
    found.set(entry.fileName, Buffer.concat(chunks).toString('utf8'))
  }
  zip.close()
  return found
}
