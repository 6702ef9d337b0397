import { useEffect, useMemo, useState } from 'react'
import type { PlanId } from '#core/model/ids.ts'
import type { SheetView } from '#core/model/sheet.ts'
import { useClient, useRead } from '../api/use-api.tsx'
import { sheetPicture, type SheetPicture } from '../sheets/sheet-picture.ts'
import type { LaidSheet } from './draw-sheet.ts'

const keyOf = ({ fileSha256, page }: SheetView): string => `${fileSha256} ${page}`

/** How a stored sheet lies on the map, once its picture is there. */
export const laidSheet = (sheet: SheetView, picture: SheetPicture): LaidSheet => ({
  key: sheet.id,
  picture,
  width: sheet.width,
  height: sheet.height,
  mapping: sheet.fit.mapping,
  neatline: sheet.neatline,
  opacity: sheet.opacity,
  above: sheet.above,
})

/** The sheets that lie under a plan and are switched on, with their pictures as they come in; `error` is of the first that failed. */
export function useSheets(planId: PlanId): { laid: readonly LaidSheet[]; error: unknown } {
  const client = useClient()
  const { data } = useRead('sheets.list', { planId })
  const [pictures, setPictures] = useState<ReadonlyMap<string, SheetPicture>>(new Map())
  const [failed, setFailed] = useState<{ key: string; error: unknown } | null>(null)
  useEffect(() => {
    let wanted = true
    for (const sheet of data ?? []) {
      if (!sheet.visible || pictures.has(keyOf(sheet))) continue
      sheetPicture(client, { sha256: sheet.fileSha256, page: sheet.page, name: sheet.name }).then(
        (picture) => wanted && setPictures((now) => new Map(now).set(keyOf(sheet), picture)),
        (error: unknown) => wanted && setFailed({ key: keyOf(sheet), error }),
      )
    }
    return () => {
      wanted = false
    }
  }, [client, data, pictures])
  const laid = useMemo(
    () =>
      (data ?? []).flatMap((sheet) => {
        const picture = pictures.get(keyOf(sheet))
        return sheet.visible && picture ? [laidSheet(sheet, picture)] : []
      }),
    [data, pictures],
  )
  const isShown = (data ?? []).some((sheet) => sheet.visible && keyOf(sheet) === failed?.key)
  return { laid, error: isShown ? failed?.error : null }
}
