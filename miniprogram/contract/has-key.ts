/** Whether a table has this key of its own. (Object.hasOwn is missing on phones before iOS 15.4.) */
export const hasKey = <Table extends object>(table: Table, key: PropertyKey): key is keyof Table =>
  Object.prototype.hasOwnProperty.call(table, key);
