/** Branded ids: a plan's id cannot be passed where a layer's is meant. All are UUIDs as text. */
declare const brand: unique symbol
type Branded<T, B extends string> = T & { readonly [brand]: B }

export type PlanId = Branded<string, 'PlanId'>
export type LayerId = Branded<string, 'LayerId'>
export type ReviewId = Branded<string, 'ReviewId'>
export type FindingId = Branded<string, 'FindingId'>
export type SheetId = Branded<string, 'SheetId'>
export type RemarkId = Branded<string, 'RemarkId'>
export type AttachmentId = Branded<string, 'AttachmentId'>
export type OptionId = Branded<string, 'OptionId'>
export type OptionEditId = Branded<string, 'OptionEditId'>
export type TemplateId = Branded<string, 'TemplateId'>
export type MemoId = Branded<string, 'MemoId'>
/** A memo of any office, as the library of memos knows it. */
export type LibraryMemoId = Branded<string, 'LibraryMemoId'>
/** A file or folder that a person chose; the screen never learns its path. */
export type FileToken = Branded<string, 'FileToken'>
