import type { Bilingual } from '../text.ts'
import { message } from './message.ts'

/** Failures of reading grids and basemaps; each says the file. */
export const rasterMessages = {
  'import.raster-broken': (p: { file: string; problem: Bilingual }) =>
    message(
      ['栅格文件无法读取', `“${p.file}”：${p.problem.zh}。`, '请重新导出为 GeoTIFF（LZW、Deflate 或不压缩）后重试。'],
      [
        'The grid cannot be read',
        `“${p.file}”: ${p.problem.en}.`,
        'Export it again as GeoTIFF (LZW, Deflate or uncompressed) and try again.',
      ],
    ),
  'import.raster-rotated': (p: { file: string }) =>
    message(
      [
        '栅格不是正北向',
        `“${p.file}”的格网有旋转或上下颠倒，不能直接叠加。`,
        '请在 GIS 软件中重采样（warp）为正北向的 GeoTIFF 后重试。',
      ],
      [
        'The grid is not north-up',
        `The cells of “${p.file}” are rotated or upside down and cannot be laid over a plan as they are.`,
        'Warp it to a north-up GeoTIFF in a GIS and try again.',
      ],
    ),
  'import.raster-no-place': (p: { file: string }) =>
    message(
      [
        '栅格没有地理位置',
        `“${p.file}”既没有地理参考，旁边也没有坐标文件（.tfw）。`,
        '请把 .tfw 与它放在一起，或在 GIS 软件中配准后重新导出。',
      ],
      [
        'The grid has no place',
        `“${p.file}” carries no georeference, and no world file (.tfw) lies beside it.`,
        'Put its .tfw beside it, or georeference and export it again.',
      ],
    ),
  'import.raster-empty': (p: { file: string }) =>
    message(
      ['栅格没有数值', `“${p.file}”的所有像元都是空值。`, '请检查空值（NoData）的设置，或选择其他文件。'],
      ['The grid has no values', `Every cell of “${p.file}” is empty.`, 'Check what marks empty cells, or choose another file.'],
    ),
  'import.raster-band': (p: { file: string; band: string; bands: number }) =>
    message(
      [
        '没有这个波段',
        `“${p.file}”有 ${p.bands} 个波段，没有“${p.band}”。`,
        `请在 layer 中填写 1 到 ${p.bands}，或留空取第 1 个。`,
      ],
      [
        'No such band',
        `“${p.file}” has ${p.bands} bands and none called “${p.band}”.`,
        `Write 1 to ${p.bands} under layer, or leave it empty for the first.`,
      ],
    ),
  'basemap.vector-tiles': (p: { file: string }) =>
    message(
      ['不支持矢量瓦片底图', `“${p.file}”存放的是矢量瓦片（pbf）。`, '请换用栅格瓦片（png、jpg、webp）的 MBTiles 或 PMTiles。'],
      [
        'Vector tiles cannot be a basemap',
        `“${p.file}” holds vector tiles (pbf).`,
        'Use MBTiles or PMTiles with image tiles (png, jpg, webp) instead.',
      ],
    ),
  'basemap.unreadable': (p: { file: string; problem: Bilingual }) =>
    message(
      ['底图无法读取', `“${p.file}”：${p.problem.zh}。`, '请选择 MBTiles、PMTiles 或 GeoTIFF（RGB）文件。'],
      ['The basemap cannot be read', `“${p.file}”: ${p.problem.en}.`, 'Choose an MBTiles, PMTiles or GeoTIFF (RGB) file.'],
    ),
  'basemap.not-printable': (p: { file: string; coding: string }) =>
    message(
      [
        `${p.coding} 图块不能打印`,
        `“${p.file}”的图块是 ${p.coding} 格式，只能在屏幕上显示。`,
        '请把底图换成 PNG 或 JPEG 图块，或 GeoTIFF。',
      ],
      [
        `${p.coding} tiles cannot be printed`,
        `The tiles of “${p.file}” are ${p.coding}, which only the screen can show.`,
        'Use a basemap of PNG or JPEG tiles, or a GeoTIFF.',
      ],
    ),
  'basemap.no-place': (p: { file: string }) =>
    message(
      ['底图坐标系未知', `无法确定“${p.file}”的坐标系。`, '请在 GIS 软件中写入坐标系后重新导出。'],
      [
        'The basemap’s coordinate system is not known',
        `Nothing says where “${p.file}” lies.`,
        'Write its coordinate system into it with a GIS and export it again.',
      ],
    ),
}
