import { ChevronDown, FileJson, MapPinned, Sheet } from 'lucide-react'
import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { OVERLAY_FORMATS, type OverlayFormat } from '#core/contract/overlay-procedures.ts'
import { useWords } from '../i18n/use-words.ts'
import { Button } from '../ui/button.tsx'
import type { OverlayExport } from './use-overlay-export.ts'

const ICONS = { gpkg: MapPinned, geojson: FileJson, csv: Sheet } as const satisfies Record<OverlayFormat, typeof Sheet>

/** The formats that overlays leave in. */
export function ExportMenu({ label, exporting }: { label: string; exporting: OverlayExport }) {
  const { t } = useWords()
  return (
    <MenuTrigger>
      <Button size="small" isDisabled={exporting.busy}>
        {label}
        <ChevronDown className="icon" aria-hidden />
      </Button>
      <Popover className="popover" placement="bottom end">
        <Menu
          className="menu"
          onAction={(key) => {
            const chosen = OVERLAY_FORMATS.find((format) => format === key)
            if (chosen) void exporting.start(chosen)
          }}
        >
          {OVERLAY_FORMATS.map((format) => {
            const Icon = ICONS[format]
            return (
              <MenuItem key={format} id={format} className="menu-item" textValue={t(`overlays.${format}`)}>
                <Icon className="icon" aria-hidden />
                {t(`overlays.${format}`)}
              </MenuItem>
            )
          })}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
