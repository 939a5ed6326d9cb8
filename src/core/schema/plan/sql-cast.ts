import { sameName } from '../../dialect/kuzu-names';
import { quoteSqlString, writeSqlName } from '../../dialect/sql-names';
import { picked, whereSet } from '../sql-pick';
import { hasInnerEnum, innerTypes, type SqlField, type SqlType, sqlTypeOf, withoutCollation } from '../sql-type';

/** What a value is to become, and what an error names. */
interface Target {
  readonly type: string;
  /** `app.t.c`, for whoever reads why the migration stopped. */
  readonly label: string;
  /** How many lambdas there are around. */
  readonly depth: number;
}

/**
 * The value of a column as another type. Every pair of types gives an expression that the engine takes; a value that
 * has no place in the new type is an error when it runs, never lost. Fields that the new STRUCT hasn't go, as columns do.
 * @param label names the column in that error
 * @source measured on DuckDB 1.5.5, see docs/engine-notes.md
 */
export function castColumn(column: string, before: string, after: string, label: string): string {
  const [from, type] = [withoutCollation(before), withoutCollation(after)];
  const value = writeSqlName(column);
  // A collation alone changes; the engine is told the type all the same.
  if (from === type) return `CAST(${value} AS ${type})`;
  return castValue(value, from, { type, label, depth: 0 });
}

/**
 * Whether ALTER COLUMN can do it. The engine writes the expression down, and can't where labels stand inside of another
 * type; one that takes values apart is left to the making of a new table.
 */
export function canAlterType(before: string, after: string): boolean {
  return !hasInnerEnum(after) && takesWhole(withoutCollation(before), withoutCollation(after));
}

/** Whether the value need not be taken apart; of an ENUM, labels may be missing in the other. */
function takesWhole(before: string, after: string): boolean {
  const isEnum = (type: string) => sqlTypeOf(type).kind === 'enum';
  return (isEnum(before) && isEnum(after)) || canCast(before, after);
}

/** Whether the engine's CAST is all that it takes; a value may still not fit, and then the engine says so. */
function canCast(before: string, after: string): boolean {
  if (before === after) return true;
  const [from, to] = [sqlTypeOf(before), sqlTypeOf(after)];
  if (to.kind === 'union') {
    if (from.kind !== 'union') return false;
    return from.parts.every((part) => {
      const target = partOf(to.parts, part.name);
      return target !== undefined && canCast(part.type, target.type);
    });
  }
  // As text, every value has its own.
  if (after === 'VARCHAR') return true;
  if (from.kind === 'union') return false;
  if (from.kind === 'struct' && to.kind === 'struct') {
    const shared = to.parts.flatMap((part) => {
      const own = partOf(from.parts, part.name);
      return own ? [[own.type, part.type] as const] : [];
    });
    return shared.length > 0 && shared.every(([own, target]) => canCast(own, target));
  }
  // For a label that is left out the engine complains of a UINT8.
  if (from.kind === 'enum' && to.kind === 'enum') return from.labels.every((label) => to.labels.includes(label));
  if (from.kind !== to.kind) return !hasUnion(before) && !hasUnion(after);
  const [inner, outer] = [innerTypes(from), innerTypes(to)];
  return inner.every((type, at) => canCast(type, outer[at] ?? type));
}

function castValue(value: string, before: string, target: Target): string {
  const { type: after } = target;
  if (before === after) return value;
  if (canCast(before, after)) return `CAST(${value} AS ${after})`;
  const [from, to] = [sqlTypeOf(before), sqlTypeOf(after)];
  if (from.kind === 'union') return fromUnion(value, from.parts, to, target);
  if (to.kind === 'union') return toUnion(value, before, to.parts, target);
  const name = `x${target.depth}`;
  const within = (inner: string, own: string, type: string) =>
    castValue(inner, own, { ...target, type, depth: target.depth + 1 });
  if (from.kind === 'list' && to.kind === 'list') {
    const each = within(name, from.element, to.element);
    return `CAST(list_transform(${value}, lambda ${name}: ${each}) AS ${after})`;
  }
  if (from.kind === 'map' && to.kind === 'map') {
    const key = within(`${name}.key`, from.key, to.key);
    const entry = `struct_pack(key := ${key}, value := ${within(`${name}.value`, from.value, to.value)})`;
    const entries = `list_transform(map_entries(${value}), lambda ${name}: ${entry})`;
    return `CAST(map_from_entries(${entries}) AS ${after})`;
  }
  if (from.kind === 'struct' && to.kind === 'struct') {
    const fields = to.parts.map(({ name: field, written, type }) => {
      const own = partOf(from.parts, field);
      const kept = own && castValue(extract('struct', value, own), own.type, { ...target, type });
      return `${written} := ${kept ?? `CAST(NULL AS ${type})`}`;
    });
    return whereSet(value, `CAST(struct_pack(${fields.join(', ')}) AS ${after})`);
  }
  const tried = `TRY_CAST(${value} AS ${after})`;
  const isEnum = from.kind === 'enum' && to.kind === 'enum';
  return choice(value, isEnum ? [{ where: `${tried} IS NOT NULL`, made: tried }] : [], target);
}

/** The engine takes every member of a UNION into one, or none. */
function fromUnion(value: string, members: readonly SqlField[], to: SqlType, target: Target): string {
  const chosen = members.flatMap((own) => {
    const inner = extract('union', value, own);
    if (to.kind !== 'union') return [{ own, made: castValue(inner, own.type, target) }];
    const member = partOf(to.parts, own.name);
    if (member === undefined) return [];
    return [{ own, made: asMember(member, castValue(inner, own.type, { ...target, type: member.type }), target) }];
  });
  return choice(
    value,
    chosen.map(({ own, made }) => ({ where: `union_tag(${value}) = ${quoteSqlString(own.name)}`, made })),
    target,
  );
}

/** The member of the same type, else the first from which the same value comes back; text only where nothing else does. */
function toUnion(value: string, before: string, members: readonly SqlField[], target: Target): string {
  const same = members.find(({ type }) => type === before);
  if (same) return whereSet(value, asMember(same, value, target));
  const fit = members.filter(({ type }) => takesWhole(before, type) && takesWhole(type, before));
  const inOrder = [...fit.filter(({ type }) => type !== 'VARCHAR'), ...fit.filter(({ type }) => type === 'VARCHAR')];
  const ways = inOrder.map((member) => {
    const tried = `TRY_CAST(${value} AS ${member.type})`;
    return { where: `TRY_CAST(${tried} AS ${before}) = ${value}`, made: asMember(member, tried, target) };
  });
  return choice(value, ways, target);
}

/** The first value whose condition is met; NULL for NULL, and an error for what meets none. */
function choice(
  value: string,
  ways: readonly { readonly where: string; readonly made: string }[],
  target: Target,
): string {
  const cases = ways.map(({ where }, at) => ` WHEN ${where} THEN ${at + 1}`).join('');
  const made = ways.length === 0 ? [`CAST(NULL AS ${target.type})`] : ways.map((way) => way.made);
  return picked(made, `CASE WHEN ${value} IS NULL THEN NULL${cases} ELSE ${noPlace(value, target)} END`);
}

function asMember(member: SqlField, value: string, { type }: Target): string {
  return `CAST(union_value(${member.written} := ${value}) AS ${type})`;
}

function extract(kind: 'struct' | 'union', value: string, part: SqlField): string {
  return `${kind}_extract(${value}, ${quoteSqlString(part.name)})`;
}

/** In the place of a number, so that it is asked for only where no value is picked. */
function noPlace(value: string, { label, type }: Target): string {
  return `CAST(error(${quoteSqlString(`${label}: no value of ${type}: `)} || CAST(${value} AS VARCHAR)) AS INTEGER)`;
}

function partOf(parts: readonly SqlField[], name: string): SqlField | undefined {
  return parts.find((part) => sameName(part.name, name));
}

function hasUnion(type: string): boolean {
  const own = sqlTypeOf(type);
  return own.kind === 'union' || innerTypes(own).some(hasUnion);
}
