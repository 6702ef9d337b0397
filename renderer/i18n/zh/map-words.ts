export const mapWords = {
  ask: '说明地图内容（{{keys}}）',
  table: '以表格查看（{{keys}}）',
  extent: '地图显示东西 {{width}}、南北 {{height}} 的范围。',
  scale: '比例尺约为 1:{{scale}}。',
  nothing: '显示的图层在此范围内没有图斑。',
  layer: '{{layer}}：{{features}} 个图斑。',
  classes: '以{{classes}}为多。',
  comma: '、',
  selected: '已选 {{count}} 个图斑。',
  noneSelected: '未选中图斑。',
}
