interface Head {
  title: string
  /** Figures stand at the right, and so does their title. */
  isFigure?: boolean
}

/** The head of a plain table: one row of titles. */
export const TableHead = ({ columns }: { columns: readonly Head[] }) => (
  <thead>
    <tr>
      {columns.map(({ title, isFigure = false }) => (
        <th key={title} scope="col" className={isFigure ? 'right' : undefined}>
          {title}
        </th>
      ))}
    </tr>
  </thead>
)
