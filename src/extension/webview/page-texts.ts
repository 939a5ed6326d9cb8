import { t } from '../services/text';

/** The page's own words, by the names that media/database-page.js uses. */
export function pageTexts(): Readonly<Record<string, string>> {
  return {
    tables: t('ui.page.tables'),
    noTables: t('ui.page.noTables'),
    columns: t('ui.page.columns'),
    rows: t('ui.page.rows'),
    noRows: t('ui.page.noRows'),
    node: t('ui.page.node'),
    rel: t('ui.page.rel'),
    table: t('ui.page.table'),
    name: t('ui.page.name'),
    type: t('ui.page.type'),
    key: t('ui.page.key'),
    primaryKey: t('ui.page.primaryKey'),
    default: t('ui.page.default'),
    first: t('ui.page.first'),
    previous: t('ui.page.previous'),
    next: t('ui.page.next'),
    last: t('ui.page.last'),
    range: t('ui.page.range'),
    loading: t('ui.page.loading'),
    reload: t('ui.page.reload'),
    trust: t('ui.action.manageTrust'),
    log: t('ui.action.showLog'),
  };
}
