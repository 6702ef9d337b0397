import fs from 'node:fs'
import path from 'node:path'
import { generateCity } from '#core/sample/city.ts'
import { sampleColumns } from '#core/sample/columns.ts'
import { writeColumnsFile } from '#backend/store/columns-file.ts'

/* Writes the layers of a sample city as columns, so that the measuring process holds nothing else. */
const [folder = '', parcels = ''] = process.argv.slice(2)
fs.mkdirSync(folder, { recursive: true })
const { layers, manifest } = generateCity({ parcels: Number(parcels), seed: 1 }, (code) => code)
const heads = layers.map((layer, at) => {
  const columns = sampleColumns(layer)
  writeColumnsFile(path.join(folder, `${at}.columns`), columns)
  const { role, name, kind, frame } = columns
  return { role, name, kind, frame, sha256: `layer-${at}` }
})
fs.writeFileSync(path.join(folder, 'city.json'), JSON.stringify({ heads, manifest }))
console.log('{}')
