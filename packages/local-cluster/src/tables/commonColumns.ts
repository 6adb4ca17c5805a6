import { ageOf } from './age';
import { column, TableColumn } from './tableColumn';

export const nameColumn: TableColumn = {
  ...column('Name', object => object.metadata.name),
  format: 'name',
};

export const ageColumn: TableColumn = column('Age', (object, now) =>
  ageOf(object.metadata.creationTimestamp, now),
);
