import type { Knex } from 'knex';
import type { ApprovalRecord } from './ApprovalRecord';
import {
  COMMENTS,
  EXECUTIONS,
  PEOPLE,
  REQUESTS,
  fromRows,
  type CommentRow,
  type ExecutionRow,
  type PersonRow,
  type RequestRow,
} from './rows';

/** Requests with what belongs to them, in the order of the query. */
export async function readRecords(
  knex: Knex,
  refine: (query: Knex.QueryBuilder) => void,
): Promise<ApprovalRecord[]> {
  const query = knex<RequestRow>(REQUESTS).select<RequestRow[]>('*');
  refine(query);
  const rows: RequestRow[] = await query;
  if (rows.length === 0) {
    return [];
  }
  const ids = rows.map(({ id }) => id);
  const people = group(
    await knex<PersonRow>(PEOPLE).whereIn('request_id', ids),
  );
  const comments = group(
    await knex<CommentRow>(COMMENTS).whereIn('request_id', ids),
  );
  const executions = group(
    await knex<ExecutionRow>(EXECUTIONS).whereIn('request_id', ids),
  );
  return rows.map(row =>
    fromRows(
      row,
      people.get(row.id) ?? [],
      comments.get(row.id) ?? [],
      executions.get(row.id)?.[0],
    ),
  );
}

function group<T extends { request_id: string }>(rows: T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const known = groups.get(row.request_id);
    if (known) {
      known.push(row);
    } else {
      groups.set(row.request_id, [row]);
    }
  }
  return groups;
}
