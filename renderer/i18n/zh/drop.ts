export const drop = {
  title: '松开即可打开',
  release_plan: '规划数据：读取并核对后导入',
  release_sheet: '图纸：配准后叠在方案上',
  release_basemap: '底图：垫在所有方案之下',
  release_package: '评审包：查看内容后合并',
  release_memo: '意见书：核验封印',
  which: '这些文件用来做什么？',
  whichText: '“{{name}}”可以有不同用途，请选择。',
  needsPlan: '请先打开一个方案，再拖入图纸。',
  draftFirst: '有一次未完成的导入。请先完成或重新开始，再拖入新的文件。',
  unknown: '无法识别“{{name}}”。可拖入规划数据、图纸、底图、评审包或意见书。',
  done_basemap: '底图已更换为“{{name}}”。',
}
