/** All items of all pages. */
export async function everyItem<Page, Item>(
  pages: AsyncIterable<Page>,
  items: (page: Page) => readonly Item[] | undefined,
): Promise<readonly Item[]> {
  const gathered: Item[] = []
  for await (const page of pages) gathered.push(...(items(page) ?? []))
  return gathered
}
