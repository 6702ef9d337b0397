import { existsSync, readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'

interface LockedPackage {
  version?: string
  license?: string
  dev?: boolean
  optional?: boolean
  os?: string[]
}

/** Packages whose code or fonts are part of the built application although npm calls them development dependencies. */
const BUNDLED = [
  '@streamparser/json',
  '@tanstack/react-query',
  'csv-parse',
  'echarts',
  'electron',
  'flatbush',
  'flatgeobuf',
  'geotiff',
  'hyparquet',
  'hyparquet-compressors',
  'i18next',
  'lucide-react',
  'ol',
  'pdf-lib',
  'pmtiles',
  'proj4',
  'react',
  'react-aria-components',
  'react-dom',
  'react-i18next',
  'react-resizable-panels',
  'read-excel-file',
  'saxes',
  'topojson-client',
  'wkt-parser',
  'write-excel-file',
  'ws',
  'yauzl',
  'zod',
  'zustand',
]

/** Walks the lockfile from the shipped packages to everything they need. */
function shipped(packages: Record<string, LockedPackage & { dependencies?: Record<string, string> }>): string[] {
  const seen = new Set<string>()
  const visit = (name: string) => {
    const key = `node_modules/${name}`
    const found = packages[key]
    if (found === undefined || seen.has(name)) return
    seen.add(name)
    if (name === 'electron') return
    Object.keys(found.dependencies ?? {}).forEach(visit)
  }
  const roots = packages['']
  Object.keys(roots?.dependencies ?? {}).forEach(visit)
  BUNDLED.forEach(visit)
  return [...seen].sort()
}

function copyright(root: string, name: string): string {
  const dir = path.join(root, 'node_modules', name)
  if (!existsSync(dir)) return ''
  const file = readdirSync(dir).find((entry) => /^licen[cs]e/i.test(entry))
  if (file === undefined) return ''
  const line = readFileSync(path.join(dir, file), 'utf8')
    .split('\n')
    .find((text) => /copyright.*\d{4}|copyright \(c\)/i.test(text) && !/\[yyyy\]|\{yyyy\}/.test(text))
  return (line ?? '').replace(/[*#|`]/g, '').trim()
}

/** The notices file as the lockfile and the installed licences say it: same text on every machine. */
export function notices(root: string): string {
  const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, LockedPackage & { dependencies?: Record<string, string> }>
  }
  const rows = shipped(lock.packages).map((name) => {
    const entry = lock.packages[`node_modules/${name}`]
    return `| ${name} | ${entry?.version ?? ''} | ${entry?.license ?? 'see package'} | ${copyright(root, name)} |`
  })
  return [
    '# Third-party notices',
    '',
    'Generated from the lockfile by `npm run docs`: every package whose code, data or fonts are part of the application.',
    'Character frequencies are taken from the Unihan database: Copyright © 1991–2022 Unicode, Inc., Unicode Licence (unicode.org/license.txt).',
    'geos-wasm and gdal3.js (LGPL) are shipped as separate, replaceable files. The fonts are under the SIL Open Font License 1.1.',
    '',
    '| package | version | licence | copyright |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}
