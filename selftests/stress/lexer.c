// SPDX-License-Identifier: GPL-2.0
/*
 * The words of a litmus file.
 */
#include "program.h"

const char *const membar_observation_names[MEMBAR_NR_OBS] = {
	[MEMBAR_OBS_NONE] = "none",
	[MEMBAR_OBS_NEVER] = "Never",
	[MEMBAR_OBS_SOMETIMES] = "Sometimes",
	[MEMBAR_OBS_ALWAYS] = "Always",
};

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

void membar_lexer_init(struct membar_lexer *lexer, const char *text,
		       size_t len)
{
	memset(lexer, 0, sizeof(*lexer));
	lexer->at = text;
	lexer->start = text;
	lexer->end = text + len;
	lexer->line = 1;
}

/* The character @n further on; a null byte past the end. */
static char peek(const struct membar_lexer *lexer, size_t n)
{
	return (size_t)(lexer->end - lexer->at) > n ? lexer->at[n] : '\0';
}

static bool next_is(const struct membar_lexer *lexer, const char *word)
{
	size_t len = strlen(word);

	return (size_t)(lexer->end - lexer->at) >= len &&
	       !memcmp(lexer->at, word, len);
}

/* The next @n characters, of which the caller knows that they are there. */
static void skip(struct membar_lexer *lexer, size_t n)
{
	while (n--) {
		if (*lexer->at++ != '\n')
			continue;
		lexer->line++;
		lexer->start = lexer->at;
	}
}

static void skip_blanks(struct membar_lexer *lexer)
{
	while (peek(lexer, 0) == ' ' || peek(lexer, 0) == '\t' ||
	       peek(lexer, 0) == '\n' || peek(lexer, 0) == '\r')
		skip(lexer, 1);
}

void membar_lexer_skip_line(struct membar_lexer *lexer)
{
	while (lexer->at < lexer->end && *lexer->at != '\n')
		skip(lexer, 1);
}

/* A comment may say what the author takes the result to be. */
static void note_result(struct membar_lexer *lexer)
{
	unsigned int o;

	skip(lexer, strlen("Result:"));
	while (peek(lexer, 0) == ' ' || peek(lexer, 0) == '\t')
		skip(lexer, 1);
	for (o = MEMBAR_OBS_NEVER; o < MEMBAR_NR_OBS; o++)
		if (next_is(lexer, membar_observation_names[o]))
			lexer->stated = o;
}

static bool skip_comment(struct membar_lexer *lexer, const char *close)
{
	skip(lexer, 2);
	while (lexer->at < lexer->end) {
		if (next_is(lexer, close)) {
			skip(lexer, strlen(close));
			return true;
		}
		if (next_is(lexer, "Result:"))
			note_result(lexer);
		else
			skip(lexer, 1);
	}
	return *close == '\n';
}

/* Where the next word begins, or the comment that does not end. */
static void note_position(const struct membar_lexer *lexer,
			  struct membar_token *token)
{
	token->text = lexer->at;
	token->line = lexer->line;
	token->column = lexer->at - lexer->start + 1;
}

/* Blanks and comments; false if a comment does not end. */
static bool skip_space(struct membar_lexer *lexer, struct membar_token *token)
{
	const char *close;

	for (;;) {
		skip_blanks(lexer);
		note_position(lexer, token);
		if (next_is(lexer, "//"))
			close = "\n";
		else if (next_is(lexer, "/*"))
			close = "*/";
		else if (!lexer->in_body && next_is(lexer, "(*"))
			close = "*)";
		else
			return true;
		if (!skip_comment(lexer, close))
			return false;
	}
}

static unsigned int digit_of(char c)
{
	if (is_digit(c))
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return 16;
}

/* Decimal or hexadecimal, with a C suffix; false if it is none or too large. */
static bool read_number(struct membar_lexer *lexer, s64 *number)
{
	unsigned int base = 10, digits = 0, digit;
	u64 n = 0;

	if (peek(lexer, 0) == '0' && (peek(lexer, 1) | 0x20) == 'x') {
		base = 16;
		skip(lexer, 2);
	}
	for (;; digits++, skip(lexer, 1)) {
		digit = digit_of(peek(lexer, 0));
		if (digit >= base)
			break;
		/* Well below the addresses of variables. */
		if (n > U32_MAX) {
			lexer->complaint = "the number is too large";
			return false;
		}
		n = n * base + digit;
	}
	while (memchr("uUlL", peek(lexer, 0), 4))
		skip(lexer, 1);
	*number = n;
	if (digits && !is_letter(peek(lexer, 0)) && !is_digit(peek(lexer, 0)))
		return true;
	lexer->complaint = "this is not a number";
	return false;
}

static bool read_string(struct membar_lexer *lexer)
{
	skip(lexer, 1);
	while (lexer->at < lexer->end && *lexer->at != '"')
		skip(lexer, 1);
	if (lexer->at == lexer->end) {
		lexer->complaint = "the string does not end";
		return false;
	}
	skip(lexer, 1);
	return true;
}

/* Symbols of more than one character; every other one is a single one. */
static size_t symbol_length(const struct membar_lexer *lexer)
{
	static const char *const symbols[] = {
		"/\\", "\\/", "=>", "==", "!=", "<>", "<=", ">=", "<<", ">>",
		"&&", "||", "++", "--", "+=", "-=", "*=", "|=", "&=", "^=",
		"->",
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(symbols); i++)
		if (next_is(lexer, symbols[i]))
			return 2;
	return 1;
}

static enum membar_token_kind read_token(struct membar_lexer *lexer,
					 struct membar_token *token)
{
	char c = peek(lexer, 0);

	if (lexer->at == lexer->end)
		return MEMBAR_TOKEN_END;
	if (is_letter(c)) {
		while (is_letter(peek(lexer, 0)) || is_digit(peek(lexer, 0)))
			skip(lexer, 1);
		return MEMBAR_TOKEN_NAME;
	}
	if (is_digit(c))
		return read_number(lexer, &token->number) ?
		       MEMBAR_TOKEN_NUMBER : MEMBAR_TOKEN_BAD;
	if (c == '"')
		return read_string(lexer) ? MEMBAR_TOKEN_STRING :
					    MEMBAR_TOKEN_BAD;
	if (c <= ' ' || c > '~') {
		lexer->complaint = "a character that cannot be printed";
		return MEMBAR_TOKEN_BAD;
	}
	skip(lexer, symbol_length(lexer));
	return MEMBAR_TOKEN_SYMBOL;
}

void membar_lexer_next(struct membar_lexer *lexer, struct membar_token *token)
{
	if (skip_space(lexer, token)) {
		token->kind = read_token(lexer, token);
	} else {
		token->kind = MEMBAR_TOKEN_BAD;
		lexer->complaint = "the comment does not end";
	}
	token->len = lexer->at - token->text;
}
