#!/usr/bin/env node
import { runProgram } from '@gosa/cli-kit'
import { program } from './program.ts'

/** The entry point of `gosa-trainer`. */
await runProgram(program())
