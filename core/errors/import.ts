import { message, type MessageTable } from './message.ts'

/** Failures of reading a plan's files; each says the file, and where known the layer and the row. */
export const importMessages = {
  'import.unknown-format': (p: { file: string }) =>
    message(
      ['不支持的文件类型', `无法读取“${p.file}”。`, '请另存为 GeoPackage、Shapefile（zip 或整套文件）或 GeoJSON 后重试。'],
      [
        'This file type is not supported',
        `Greenprint cannot read “${p.file}”.`,
        'Save it as GeoPackage, Shapefile (zip or set) or GeoJSON and try again.',
      ],
    ),
} satisfies MessageTable
