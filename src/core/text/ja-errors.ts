import type { ErrorCode } from './en-errors';

/** The Japanese of `enErrors`: a message and the next step for each code, with the same parameters. */
export const jaErrors: Record<ErrorCode, readonly [message: string, hint: string]> = {
  USAGE: ['{detail}', '`kuzu-migrate {help}` を実行してください。'],
  INTERNAL: ['kuzu-migrate の内部でエラーが発生しました: {detail}', 'ログを添えて報告してください。'],
  CANCELLED: ['キャンセルされました。', 'それまでにコミットされた内容は残り、ほかは何も変更されていません。'],
  CONFIRMATION_NEEDED: [
    '{action}には確認が必要ですが、確認を求めるターミナルがありません。',
    '{flags} を指定してください。',
  ],
  NOT_CONFIRMED: ['{action}は承認されませんでした。', '何も変更されていません。'],
  OPTION_INVALID: [
    'オプション {option} を使用できません: {detail}。',
    '呼び出しを修正してください。各オプションに指定できる値は、パッケージ kuzu-migrate の型に記載されています。',
  ],

  CONFIG_NOT_FOUND: [
    '{dir} にデータベースが見つかりません。フォルダーの中になく、kuzu-migrate.json にも記載されていません。',
    '`kuzu-migrate init` を実行するか、`--db PATH` を指定してください。',
  ],
  CONFIG_INVALID: ['{file}: {detail}', 'ファイルを修正してください。エディターではキーが補完されます。'],
  CONFIG_EXISTS: ['{file} は既に存在します。', 'そのファイルを編集するか、先に削除してください。'],
  CONFIG_ENV_MISSING: [
    '{file} は ${env:{name}} を使用していますが、この環境変数は設定されていません。',
    '環境変数 {name} を設定してください。',
  ],
  PATH_OUTSIDE_PROJECT: [
    '{path} は、置かれているフォルダーの外を指しているか、通常のファイルではありません。',
    'フォルダーの中に置いてください。別の場所のフォルダーは、実際のパスを kuzu-migrate.json に指定してください。',
  ],
  DATABASE_UNKNOWN: ['このプロジェクトに「{name}」というデータベースはありません。', '存在するもの: {known}。'],
  DATABASE_MISSING: [
    '{path} にデータベースがありません。',
    'kuzu-migrate.json のパスを確認するか、バージョンをインポートして作成してください。',
  ],
  DATABASE_IS_DIRECTORY: [
    '{path} は Kùzu {versions} のデータベース ディレクトリ (ストレージ バージョン {storage}) です。このエンジンが読み取れるのは {expected} です。',
    'その Kùzu でエクスポートしてから、ここでインポートしてください。',
  ],
  DATABASE_OTHER_ENGINE: [
    '{path} は {wanted} ではなく {found} のファイル (ストレージ バージョン {storage}) です。',
    '{tool} で開いてください。',
  ],
  DATABASE_OTHER_VERSION: [
    '{path} のストレージ バージョンは {storage} です。Kùzu {engine} が読み取れるのはバージョン {expected} です。',
    'Kùzu {versions} で開いてエクスポートしてから、ここでインポートしてください。',
  ],
  DATABASE_NOT_RECOGNISED: [
    '{path} は既知のデータベース ファイルではありません (先頭のバイト: {bytes})。',
    'パスを確認してください。',
  ],
  DATABASE_CORRUPT: [
    '{path} を開けません: {detail}',
    'バックアップを復元するか、バージョンにロールバックしてください。',
  ],
  DATABASE_NEWER: [
    '{path} はより新しい {engine} で書き込まれています: {detail}',
    'kuzu-migrate を更新するか、その {engine} で開いてください。何も変更されていません。',
  ],
  DATABASE_HELD: [
    '{path} は他のプログラムが使用中です ({holder})。',
    'そのプログラムを終了してから、もう一度お試しください。',
  ],
  DATABASE_BUSY_WITH_US: [
    '別の kuzu-migrate が {path} を処理しています: {host} のプロセス {pid}、{since} から。',
    '完了するまでお待ちください。そのプロセスがもう存在しない場合は、{lock} を削除してください。',
  ],
  DATABASE_CHANGING: [
    '{path} は、処理中に別のプログラムによって変更されました。',
    'そのプログラムの書き込みが減ってからもう一度試すか、そのプログラムを終了してください。何も変更されていません。',
  ],
  DATABASE_READ_ONLY: [
    'データベース「{name}」は readOnly に設定されています。',
    'kuzu-migrate.json で変更するか、--into で別の場所にインポートしてください。',
  ],
  DATABASE_HAS_WAL: [
    '{path} の隣に {file} が残っています。このままでは新しいファイルに再適用されてしまいます。',
    'データベースを元のプログラムで開いて閉じてから、もう一度お試しください。',
  ],
  ENGINE_NOT_SUPPORTED: [
    'このバージョンの kuzu-migrate は {engine} のデータベースを開けません。',
    '{engine} 自体で開くか、Kùzu のデータベースを選択してください。',
  ],
  ENGINE_NOT_LOADED: [
    'エンジン {engine} を {platform} で読み込めませんでした: {detail}',
    'このプラットフォーム用の kuzu-migrate を再インストールしてください。',
  ],
  ENGINE_CRASHED: [
    '次のステートメントの実行中にエンジンがクラッシュしました ({signal}): {statement}',
    'データベースの状態: {state}。',
  ],
  ENGINE_TIMEOUT: [
    '次のステートメントは {seconds} 秒を超えたため終了されました: {statement}',
    'マシンの負荷が低いときにもう一度試してください。それまでにコミットされた内容は残っています。',
  ],
  STATEMENT_FAILED: ['{detail}', '{remedy}'],
  NAME_AMBIGUOUS: [
    'DuckDB はデータベースをファイル名 {name} で呼びますが、スキーマにも同じ名前 {name} のものがあります: {statement}',
    'どのスキーマとも重ならない名前にデータベースファイルを変更し、kuzu-migrate.json の path も合わせてください。または、スキーマの名前を変更してください。',
  ],
  STATEMENT_DANGEROUS: ['{code}: {detail}', 'ステートメントを変更してください: {statement}'],
  NO_SPACE: [
    '{path} のデバイスに空き領域がありません。',
    '空き領域を確保してから、もう一度お試しください。何も変更されていません。',
  ],
  NO_PERMISSION: [
    '{path} に対するアクセス許可がありません。',
    'ファイルとそのフォルダーのアクセス許可を確認してください。',
  ],
  FILE_FAILED: ['{path}: {detail}', 'パスとそのアクセス許可を確認してください。'],

  MIGRATION_NAME_INVALID: [
    '「{name}」はマイグレーションの名前として使用できません: {reason}。',
    'スクリプトには 20250801_120000_add_email.cypher のような名前を付けてください。`kuzu-migrate create NAME` を使うと ID が付きます。',
  ],
  MIGRATION_DUPLICATE_ID: [
    '2 つのマイグレーションの ID がどちらも {id} です: {file} と {other}。',
    '一方の ID を変更してください。どこかで適用済みのマイグレーションの ID は変更できません。',
  ],
  MIGRATION_DOWN_WITHOUT_UP: [
    '{file} は down のファイルですが、対応するマイグレーションがありません。',
    '{expected} を追加するか、ファイルを削除してください。',
  ],
  MIGRATION_OTHER_DIALECT: [
    '{file} は {engine} のスクリプトではありません。スクリプトの拡張子は {ending} でなければなりません。',
    '対象のデータベースを kuzu-migrate.json に記載するか、正しい拡張子のスクリプトに書き直してください。',
  ],
  SCRIPT_ENCODING: ['{file} は UTF-8 ではありません: {detail} (バイト位置 {offset})。', 'UTF-8 で保存してください。'],
  SCRIPT_TOO_LARGE: [
    '{file} はスクリプトとして大きすぎます: {size} (上限は {limit})。',
    'データは別のファイルに置き、COPY で読み込んでください。',
  ],
  SCRIPT_INVALID: [
    'スクリプトを読めません: {detail}',
    'スクリプトを修正してください。書き方は docs/scripts.md にあります。',
  ],
  MIGRATION_CHANGED: [
    'マイグレーション {id} は適用後に変更されています: {file}。',
    '`kuzu-migrate check` で両方の内容を確認してください。変更は新しいマイグレーションに書くか、`kuzu-migrate repair --accept {id}` で受け入れてください。',
  ],
  MIGRATION_OUT_OF_ORDER: [
    'マイグレーション {id} は、すでに適用されたものより古い ID です: {file}。',
    '新しい ID を付けるか、--allow-out-of-order を付けて実行してください。',
  ],
  MIGRATION_HALF_DONE: [
    'マイグレーション {id} は {way} の途中です ({total} 個のステートメントのうち {done} 個が完了)。',
    '`kuzu-migrate {way}` で最後まで実行するか、`kuzu-migrate repair --restore {id}` でバックアップを戻してください。',
  ],
  MIGRATION_HALF_EDITED: [
    '{id} の実行済みのステートメントが {file} の内容と異なります。',
    'ファイルのその部分を元に戻すか、`kuzu-migrate repair --restore {id}` でバックアップを戻してください。',
  ],
  MIGRATION_UNCERTAIN: [
    '{id} の次のステートメントが実行されたかどうか分かりません: {statement}',
    'データベースを確認してください。実行されていれば `kuzu-migrate repair --done {id}`、されていなければ `kuzu-migrate repair --retry {id}`、バックアップを戻すなら `kuzu-migrate repair --restore {id}` を実行します。',
  ],
  MIGRATION_IRREVERSIBLE: [
    'マイグレーション {id} {name} には down がありません。',
    'down を書いて `kuzu-migrate repair --accept {id}` を実行するか、`kuzu-migrate rollback VERSION` でバージョンに戻してください。',
  ],
  MIGRATION_FILE_GONE: [
    'マイグレーション {id} のファイルがないため、実行できません。',
    '`kuzu-migrate repair --rewrite {id}` で、適用時の内容を書き戻してください。',
  ],
  MIGRATION_UNKNOWN: ['マイグレーション {id} はありません。', 'あるもの: {known}。'],
  MIGRATION_REQUIRES: [
    'マイグレーション {id} は {required} を必要としますが、適用されておらず、先に実行されることもありません。',
    '先に {required} を適用するか、ディレクティブを直してください。',
  ],
  MIGRATION_KIND_UNKNOWN: [
    '{file} を読むプラグインがプロジェクトにありません。',
    'kuzu-migrate.json にプラグインを指定してください。',
  ],
  MIGRATION_EMBEDDED: [
    '{id} の down は、適用したアプリケーションの関数です。',
    'このマイグレーションを含むバージョンのアプリケーションから元に戻してください。',
  ],
  HISTORY_TABLE_FOREIGN: [
    'データベースに、kuzu-migrate の履歴ではないテーブル {table} があります。',
    'kuzu-migrate.json のキー historyTable で、こちらのテーブルに別の名前を付けてください。',
  ],
  PRECONDITION_FAILED: [
    'マイグレーション {id} の assert が満たされていません: {query}',
    'データベースを条件に合う状態にするか、条件を直してください。',
  ],
  PRECONDITION_INVALID: [
    '条件が true か false の一行を返しません: {query}',
    '`RETURN count(*) = 0` のように一つの値を返すクエリーにしてください。',
  ],
  STATEMENT_NOT_TRANSACTIONAL: [
    'マイグレーション {id} はトランザクションの中で実行されますが、次のステートメントは実行できません: {statement}',
    "マイグレーションから `transaction = 'none'` をエクスポートしてください。",
  ],
  DROP_UNPROVEN: [
    '削除を行った {path} のコピーが、ほかの点で元のデータベースと一致しません：{detail}',
    '何も変更されていません。`kuzu-migrate schema show` の出力を添えて報告してください。',
  ],
  COMMIT_FAILED: [
    'マイグレーション {id} を記録して確定できませんでした：{detail}',
    '一つのトランザクションで衝突するステートメントがないか確認し、別のマイグレーションに分けてください。このトランザクションの変更は残っていません。',
  ],
  DRY_RUN_OUTSIDE: [
    'このステートメントはデータベースの外に書き込むため、ドライランでは実行できません: {statement}',
    '--to または --steps でその手前のマイグレーションまで試すか、`kuzu-migrate up` を実行してください。',
  ],
  CODE_HALF_DONE: [
    'コードのマイグレーション {id} は中断され、どこまで実行されたかはコードにしか分かりません。',
    '`kuzu-migrate repair --retry {id}` で最初から実行し直すか、`kuzu-migrate repair --restore {id}` でバックアップを戻してください。',
  ],
  BATCH_NOT_COUNTED: [
    'このバッチの一回分が変更する行数を数えられません: {statement}',
    '行を変更し、独自の RETURN を持たないステートメントにしてください。',
  ],
  BATCH_ENDLESS: [
    'バッチは {touched} 行を変更しましたが終わりません: {statement}',
    '変更済みの行を条件で除いてください。実行済みの分は確定しています。',
  ],
  CODE_MIGRATION_INVALID: [
    '{file} はマイグレーションではありません: {detail}。',
    'モジュールから関数 up(db) を、元に戻せるようにする場合は down(db) もエクスポートしてください: docs/scripts.md。',
  ],
  CODE_MIGRATION_FAILED: ['{file} が失敗しました: {detail}', 'コードを修正してください。出力はログにあります。'],
  PLUGIN_FAILED: [
    'プラグインが {file} で失敗しました: {detail}',
    'プラグインを修正するか、kuzu-migrate.json から外してください。',
  ],
  STATEMENT_NOT_READING: [
    'プラグインのチェックで実行できるのはクエリだけです: {statement}',
    'クエリを書いてください。チェックは何も変更しません。',
  ],
  REPAIR_IMPOSSIBLE: [
    '`repair {option}` は {id} に対して実行できません: {detail}。',
    '`kuzu-migrate check` で問題と修復方法を確認してください。',
  ],
  BACKUP_NOT_FOUND: [
    '{id} の前のバックアップが {dir} にありません。',
    '`kuzu-migrate list` と `kuzu-migrate rollback` で、バージョンに戻してください。',
  ],
  BASELINE_NOT_EMPTY: [
    'データベースには {version} までの履歴がすでにあります。',
    'ベースラインは履歴のないデータベースのためのものです。`kuzu-migrate status` で確認してください。',
  ],
  BASELINE_DIFFERS: [
    'このデータベースをマイグレーションで作り直せません: {detail}',
    '`kuzu-migrate create initial` でファイルを作成してその部分を手で書き、`kuzu-migrate baseline ID` を実行してください。',
  ],
  BASELINE_IMPOSSIBLE: [
    'ベースラインを作成できません: {detail}。',
    '`kuzu-migrate baseline --help` を参照してください。',
  ],

  VERSION_NAME_INVALID: [
    '「{version}」はバージョン名として使用できません: {reason}。',
    '英字、数字、`.`、`_`、`-` を 64 文字以内で使用してください (例: v1.2.0、pre-migration)。',
  ],
  VERSION_EXISTS: [
    'バージョン {version} は既に存在します ({path})。',
    '別の名前を選ぶか、そのフォルダーを削除してください。',
  ],
  VERSION_NOT_FOUND: ['{dir} にバージョン {version} はありません。', '存在するもの: {known}。'],
  VERSION_INCOMPLETE: [
    'バージョン {version} に {file} がありません。',
    'ファイルを復元するか、バージョンをエクスポートし直してください。データがない場合は --only schema でテーブルだけをインポートできます。',
  ],
  VERSION_FILE_MISSING: [
    'バージョン {version} の {file} がありません (本来の sha256: {expected})。',
    'バージョン管理またはバックアップからファイルを復元してください。',
  ],
  VERSION_FILE_CHANGED: [
    'バージョン {version} の {file} が変更されています。本来の sha256: {expected}、実際の sha256: {actual}。',
    'バージョン管理またはバックアップからファイルを復元してください。',
  ],
  VERSION_FILE_UNEXPECTED: [
    '{file} はバージョン {version} のマニフェストに記載されていません。',
    'ファイルを削除するか、そのままにする場合は --accept-edits を指定してください。',
  ],
  STATEMENT_NOT_ALLOWED: [
    '{file} に、このファイルで使えないステートメントがあります: {statement}',
    'そのステートメントを削除し、必要な場合は別に実行してください。バージョンと DDL のファイルで行えるのは、スキーマの作成と自身のデータの読み込みだけです。',
  ],
  DDL_DUPLICATE: ['{kind} {name} が 2 か所で定義されています: {place} と {other}。', 'どちらか一方を残してください。'],
  DDL_UNDEFINED: [
    '{place} で必要な{kind} {name} は、どのファイルにも定義されていません。',
    'ファイルを用意して定義するか、名前を直してください。',
  ],
  DDL_CYCLE: [
    '互いに必要としているため、最初に作れるものがありません: {circle}。',
    '依存を 1 つ取り除いてください。スキーマは順に一度で作れる必要があります。',
  ],
  DDL_INVALID: [
    'DDL に誤りが {count} 件あります: {places}。',
    '`kuzu-migrate schema build --check` を実行すると、それぞれの内容を確認できます。',
  ],
  DESIRED_SCHEMA_MISSING: [
    '{path} に DDL がありません ({ending})。',
    'ddl/core/nodes と ddl/core/edges にテーブルを 1 ファイルに 1 つずつ書くか、kuzu-migrate.json の `ddl` で別のフォルダーを指定してください。',
  ],
  VERSION_EDITED: [
    'バージョン {version} は、エクスポート後に編集されています: {files}。',
    '差分を確認し、このままインポートする場合は --accept-edits を指定してください。',
  ],
  MANIFEST_INVALID: [
    '{file} は、このバージョンの kuzu-migrate が読み取れるマニフェストではありません: {detail}',
    'kuzu-migrate を更新するか、ファイルを復元してください。',
  ],
  EXPORT_FAILED: [
    '{database} のエクスポートに失敗しました: {detail}',
    '途中の結果は残っていません。挙げられた箇所を修正してから、もう一度エクスポートしてください。',
  ],
  EXPORT_BLOCKED: [
    '{database} のすべてを保存できるバージョンは作成できません: {reasons}',
    '示された箇所を変更するか、有効な場合は --schema-only を指定してエクスポートしてください。',
  ],
  EXPORT_NOT_PROVEN: [
    'エクスポートしたバージョンから作成したコピーが {database} と一致しません。{object}: {detail}',
    'バージョンは作成されていません。もう一方の形式でエクスポートするか、--no-verify を指定して内容を確認し、この問題を報告してください。',
  ],
  IMPORT_FAILED: [
    'バージョン {version} のインポートは {object} で失敗しました: {detail}',
    'データベースは変更されていません。メッセージに示された箇所を修正してから、もう一度インポートしてください。',
  ],
  IMPORT_ROWS_DIFFER: [
    'インポート後の {table} は {actual} 行ですが、{expected} 行のはずです。',
    'データベースは変更されていません。バージョンをエクスポートし直してください。',
  ],
  IMPORT_VALUES_DIFFER: [
    'インポート後の {table} の値が、エクスポートされた値と異なります。',
    'データベースは変更されていません。バージョンをエクスポートし直してください。',
  ],
  VALUES_UNREADABLE: [
    'バージョンの値を {file} から読み取れません: {detail}',
    'バージョンをエクスポートし直すか、ファイルをエクスポート時の内容に戻してください。',
  ],
  IMPORT_NAME_COLLISION: [
    'データベースには次の名前が既にあります: {names}。',
    '名前を変更するか削除してください。または --into で別のファイルにインポートしてください。',
  ],
  IMPORT_TABLE_UNKNOWN: ['バージョン {version} にテーブル {table} はありません。', '存在するもの: {known}。'],
  IMPORT_NEEDS_TABLES: [
    'データベースにテーブル {table} がないため、データの読み込み先がありません。',
    '先に --only schema でインポートしてください。',
  ],
  IMPORT_NOTHING: [
    'バージョン {version} にデータは含まれていません。',
    '--schema-only でエクスポートされたバージョンです。--only data を付けずにインポートするか、データを含めてエクスポートし直してください。',
  ],
  INTERRUPTED_UNCLEAR: [
    '{path} に対する以前の操作が中断されており、そのジャーナル {journal} に従って処理できません: {detail}',
    'ジャーナルに記載されたファイルを確認してから、ジャーナルを削除してください。',
  ],
  GIT_REF_UNKNOWN: [
    'git にコミット {ref} がありません。',
    'ブランチ、タグ、コミットのいずれかを指定してください: git:main、git:v1.2.0、git:HEAD~1。',
  ],
  GIT_FAILED: [
    'git で {ref} を読み込めませんでした: {detail}',
    'git がインストールされていること、プロジェクトがリポジトリの中にあること、git がそのフォルダーを信頼していることを確認してください。',
  ],
  RENAME_UNDECIDED: [
    '以前からあるものの名前の変更かどうか判断できません: {renames}',
    '名前の変更であるものを指定してください。--yes を付けると、古いものはデータとともに削除され、新しいものが追加されます。',
  ],
  GENERATE_DIFFERS: [
    '生成したマイグレーションは、一時データベースで期待した結果になりませんでした: {detail}',
    '何も書き込んでいません。この変更は `kuzu-migrate create` で手書きし、両方のスキーマを添えて報告してください。',
  ],
  GENERATE_OUTDATED: [
    'マイグレーションの作成後に、プロジェクトが変更されました: {detail}。',
    '何も書き込んでいません。もう一度生成してください。',
  ],
  DRIFT_PENDING: [
    '未適用のマイグレーション（{ids}）があるため、手作業の変更をその後に取り込めません。',
    '`kuzu-migrate up` で適用するか、`kuzu-migrate drift --revert` で手作業の変更を取り消してから、もう一度実行してください。',
  ],
  DRIFT_NOT_REVERTED: [
    'データベースは履歴と異なるままになります: {detail}',
    '何も変更していません。残りは手書きのマイグレーションにするか、バックアップを復元してください。',
  ],
  SOURCE_UNKNOWN: [
    '「{source}」は、バージョンでもデータベースでもパスでもありません。',
    'バージョン、db[:NAME]、version:V、file:PATH、dir:PATH、migrations[@ID]、git:REF[:PATH] のいずれかを使用してください。',
  ],
  RENAME_INVALID: [
    '「{text}」は、この比較では名前の変更として扱えません: {detail}',
    'なくなったもの: {gone}。新しいもの: {came}。User=Person や User.email=mail のように --rename old=new の形で指定してください。',
  ],
  SOURCE_NO_SCHEMA: [
    '{path} に schema.cypher も *.cypher ファイルもありません。',
    'バージョンのフォルダーまたは DDL ファイルを指定してください。',
  ],
};
