// What waits on this device to be sent: kept in the browser's own database until the server has given its receipt. Everything belongs to the
// person who wrote it; nobody else who uses the device sees it or sends it.
import { openDB, type DBSchema } from 'idb'

export interface Operation {
  id: string
  kind: string
  meeting: number
  version: number
  made_at: string
  [field: string]: unknown
}
export interface Waiting {
  id: string
  person: string
  /** In the order they were written. */
  at: number
  title: string
  operation: Operation
  /** Why the server said no; the words stay here to be changed. */
  refused?: { code: string; message: string }
}
interface Schema extends DBSchema {
  waiting: { key: string; value: Waiting; indexes: { person: string } }
}

const database = openDB<Schema>('spelplan', 1, {
  upgrade(db) {
    db.createObjectStore('waiting', { keyPath: 'id' }).createIndex('person', 'person')
  },
})

/** Everything of that person's, in the order it was written. */
export async function waitingOf(person: string): Promise<Waiting[]> {
  const all = await (await database).getAllFromIndex('waiting', 'person', person)
  return all.sort((one, other) => one.at - other.at)
}

/** Keeps one; it is on the disk when this is done. In place of an earlier one where that is told. */
export async function wait(one: Waiting, inPlaceOf?: string): Promise<void> {
  const transaction = (await database).transaction('waiting', 'readwrite', { durability: 'strict' })
  if (inPlaceOf) await transaction.store.delete(inPlaceOf)
  await transaction.store.put(one)
  await transaction.done
}

/** Marks one as refused, so that it is shown and not sent again by itself. */
export async function refuse(id: string, refused: { code: string; message: string }): Promise<void> {
  const transaction = (await database).transaction('waiting', 'readwrite')
  const one = await transaction.store.get(id)
  if (one) await transaction.store.put({ ...one, refused })
  await transaction.done
}

/** Lets go of one: the server has it, or whoever wrote it took it away. */
export async function release(id: string): Promise<void> {
  await (await database).delete('waiting', id)
}
