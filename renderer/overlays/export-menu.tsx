import { FileJson, MapPinned, Sheet } from 'lucide-react'
import { OVERLAY_FORMATS, type OverlayFormat } from '#core/contract/overlay-procedures.ts'
import { useWords } from '../i18n/use-words.ts'
import { FormatMenu } from '../ui/format-menu.tsx'
import type { OverlayExport } from './use-overlay-export.ts'

const ICONS = { gpkg: MapPinned, geojson: FileJson, csv: Sheet } as const satisfies Record<OverlayFormat, typeof Sheet>

/** The formats that overlays leave in. */
export function ExportMenu({ label, exporting }: { label: string; exporting: OverlayExport }) {
  const { t } = useWords()
  const formats = OVERLAY_FORMATS.map((id) => ({ id, icon: ICONS[id], label: t(`overlays.${id}`) }))
  return (
    <FormatMenu label={label} formats={formats} isDisabled={exporting.busy} onChoose={(format) => void exporting.start(format)} />
  )
}
