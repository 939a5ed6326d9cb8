import { version } from '../../package.json';

/** The version of this tool, from its one source. */
export const TOOL_VERSION: string = version;
