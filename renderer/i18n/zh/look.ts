export const look = {
  title: '图面显示',
  palette: '用地配色',
  standard: '制图规范标准色',
  system: '坐标系（坐标与经纬网）',
  labels: '注记',
  graticule: '坐标网',
  middle: '图面中心',
  scale: '比例尺',
}
