import { useEffect, useRef } from 'react'
import type { Output } from '#core/contract/procedures.ts'
import { useWords } from '../i18n/use-words.ts'

type Drawing = Output<'map.sheet'>['drawings'][number]

/** One page as an image: its words never become part of this page's own tree. */
function Page({ drawing, alt }: { drawing: Drawing; alt: string }) {
  const image = useRef<HTMLImageElement>(null)
  useEffect(() => {
    const address = URL.createObjectURL(new Blob([drawing.svg], { type: 'image/svg+xml' }))
    if (image.current) image.current.src = address
    return () => URL.revokeObjectURL(address)
  }, [drawing.svg])
  const [width, height] = drawing.sizeMm
  return <img ref={image} className="print-page" alt={alt} style={{ aspectRatio: `${width} / ${height}` }} />
}

/** How the pages will look, and what is to know about them. */
export function SheetPreview({ sheet, isOld }: { sheet: Output<'map.sheet'>; isOld: boolean }) {
  const { t, say } = useWords()
  const many = sheet.drawings.length > 1
  return (
    <div className={many ? 'print-pages print-pieces' : 'print-pages'} aria-busy={isOld}>
      {sheet.drawings.map((drawing) => (
        <Page
          key={drawing.name}
          drawing={drawing}
          alt={many ? t('print.pieceOf', { name: drawing.name, scale: sheet.scale }) : t('print.pageOf', { scale: sheet.scale })}
        />
      ))}
      <p className="print-facts" aria-live="polite">
        <span className="number">{t('print.facts', { scale: sheet.scale, count: sheet.pages })}</span>
        {sheet.leftOut.length > 0 && <span>{t('print.leftOut', { layers: sheet.leftOut.map(say).join(t('print.comma')) })}</span>}
      </p>
    </div>
  )
}
