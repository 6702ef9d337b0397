import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { isWindowHash } from '#core/windows/address.ts'
import { windowPlace, type ScreenBox } from '#core/windows/place.ts'

/* Electron's second window, without Electron: what it may show, where it stands, and that it never outlives the first. */

export interface SecondWindowPort {
  readonly webContents: { readonly id: number }
  loadURL(url: string): Promise<void>
  on(event: 'ready-to-show' | 'close' | 'closed', listener: () => void): unknown
  show(): void
  focus(): void
  close(): void
  getNormalBounds(): ScreenBox
}

export interface SecondWindowHouse {
  origin: string
  /** Folder of the catalogue: beside it the window's place is kept. */
  catalogueDir: string
  open: (place: ScreenBox) => SecondWindowPort
  first: Pick<SecondWindowPort, 'webContents' | 'getNormalBounds' | 'on'>
  displays: () => readonly { workArea: ScreenBox }[]
  /** Pages that are answered. */
  known: Set<number>
}

export type SecondWindow = ReturnType<typeof secondWindow>

/** One window beside the first: opened when the first one's page asks for an address of ours, brought forward when it asks again. */
export function secondWindow() {
  let house: SecondWindowHouse | null = null
  let window: SecondWindowPort | null = null
  return {
    /** From now on the first window is there to ask. */
    begin(given: SecondWindowHouse): void {
      house = given
      const { id } = given.first.webContents
      given.known.add(id)
      given.first.on('closed', () => {
        given.known.delete(id)
        window?.close()
      })
    },
    /** What a page asked to have opened; anything but a second window's address, and anyone but the first page, asks in vain. */
    ask: (url: string, by: number): void => {
      if (!house) return
      const { origin, open, first, displays, known } = house
      const file = path.join(house.catalogueDir, '../second-window.json')
      const [address, hash] = [url.slice(0, url.indexOf('#')), url.slice(url.indexOf('#'))]
      if (by !== first.webContents.id || address !== `${origin}/` || !isWindowHash(hash)) return
      if (window) return window.focus()
      const screens = displays().map(({ workArea }) => workArea)
      const opened = open(windowPlace(keptPlace(file), screens, first.getNormalBounds()))
      const { id } = opened.webContents
      window = opened
      known.add(id)
      opened.on('ready-to-show', () => opened.show())
      opened.on('close', () => keepPlace(file, opened.getNormalBounds()))
      opened.on('closed', () => {
        known.delete(id)
        window = null
      })
      // A page that does not load has nothing to say: its window goes, and the first one keeps what it has.
      opened.loadURL(url).catch(() => window === opened && opened.close())
    },
  }
}

function keptPlace(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    // Never kept, or damaged: the window opens where it would the first time.
    return null
  }
}

function keepPlace(file: string, place: ScreenBox): void {
  try {
    writeFileSync(file, JSON.stringify(place))
  } catch {
    // A disk that is full or not ours costs the place of a window, nothing else.
  }
}
