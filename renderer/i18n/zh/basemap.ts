export const basemap = {
  title: '底图',
  add: '添加底图文件',
  replace: '更换底图文件',
  reading: '正在读取…',
  remove: '移除底图“{{name}}”',
  opacity: '不透明度',
  noPlace: '该方案没有地理坐标，无法叠加底图。',
}
