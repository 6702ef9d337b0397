import type { Manifest } from './manifest.ts'

/** A drive, a share or the root; or a step out of the folder. */
const LEAVES = /^(?:[A-Za-z]:|[/\\])|(?:^|[/\\])\.\.(?:[/\\]|$)/

/**
 * What a plan remembers, and every memo prints, of where a file came from: its path below the manifest's folder, or else its bare name.
 * Memos travel to other offices, and the folders of this machine tell who works on what.
 */
export const recordedPath = (path: string): string =>
  LEAVES.test(path)
    ? (path
        .split(/[/\\]/)
        .filter((part) => part !== '')
        .at(-1) ?? path)
    : path

/** The manifest as it is kept with a plan, and travels with it: every file by its recorded path. */
export const recordedManifest = (manifest: Manifest): Manifest => ({
  ...manifest,
  layers: manifest.layers.map((layer) => ({ ...layer, path: recordedPath(layer.path) })),
  ...(manifest.datumShift && { datumShift: recordedPath(manifest.datumShift) }),
  ...(manifest.sheets && { sheets: manifest.sheets.map((sheet) => ({ ...sheet, path: recordedPath(sheet.path) })) }),
})
