import { create } from 'zustand'
import * as z from 'zod'
import { ORIENTATIONS, PAPER_IDS } from '#core/map-sheet/page.ts'
import { PALETTE_IDS } from '#core/map/palettes.ts'

const REMEMBERED = 'greenprint.print'

export const PRINT_FORMATS = ['pdf', 'svg', 'png'] as const
export const SCALE_MODES = ['fit', 'view', 'typed'] as const

const choiceSchema = z.object({
  format: z.enum(PRINT_FORMATS),
  paper: z.enum(PAPER_IDS),
  orientation: z.enum(ORIENTATIONS),
  /** The whole plan, what the screen shows, or a number. */
  scaleMode: z.enum(SCALE_MODES),
  scale: z.string().max(30),
  names: z.boolean(),
  palette: z.enum(['own', ...PALETTE_IDS]),
  printer: z.enum(['whole', ...PAPER_IDS]),
  source: z.string().max(200),
  /** What the screen shows besides layers is drawn too. */
  overlays: z.boolean(),
  findings: z.boolean(),
  basemap: z.boolean(),
  /** A PDF is signed with a key file. */
  signed: z.boolean(),
})

/** How a person prints maps; the last choice is the next proposal. */
export type PrintChoice = z.infer<typeof choiceSchema>

const FIRST: PrintChoice = {
  format: 'pdf',
  paper: 'A3',
  orientation: 'landscape',
  scaleMode: 'fit',
  scale: '10000',
  names: true,
  palette: 'own',
  printer: 'whole',
  source: '',
  overlays: true,
  findings: true,
  basemap: true,
  signed: false,
}

function remembered(): PrintChoice {
  const kept = globalThis.localStorage?.getItem(REMEMBERED) ?? null
  if (kept === null) return FIRST
  try {
    // A choice of an earlier version that no longer reads is no choice.
    return choiceSchema.safeParse({ ...FIRST, ...(JSON.parse(kept) as object) }).data ?? FIRST
  } catch (error) {
    if (error instanceof SyntaxError) return FIRST
    throw error
  }
}

interface PrintState {
  isOpen: boolean
  choice: PrintChoice
  open: (isOpen: boolean) => void
  choose: (patch: Partial<PrintChoice>) => void
}

export const usePrint = create<PrintState>()((set) => ({
  isOpen: false,
  choice: remembered(),
  open: (isOpen) => set({ isOpen }),
  choose: (patch) =>
    set(({ choice }) => {
      const next = { ...choice, ...patch }
      globalThis.localStorage?.setItem(REMEMBERED, JSON.stringify(next))
      return { choice: next }
    }),
}))
