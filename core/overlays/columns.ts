import type { TableColumn } from '../model/result-table.ts'

/** Columns that several overlays list. */
export const shareColumn = (key: string, zh: string, en: string): TableColumn => ({ key, title: { zh, en }, unit: 'percent' })
export const lengthColumn = (key: string, zh: string, en: string): TableColumn => ({ key, title: { zh, en }, unit: 'm' })
export const textColumn = (key: string, zh: string, en: string): TableColumn => ({ key, title: { zh, en }, unit: null })
