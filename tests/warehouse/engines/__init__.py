"""The engines. Each module has a class Engine:

    Engine(folder)   starts it; its files go into the folder
    load(tables)     removes all that is there and makes the tables of a job
    run(statement)   runs a statement that answers nothing
    fetch(query)     the columns and the rows that a query answers, as Python values
    close()          ends it

Settings that change what a query means stay as the engine has them, so that a query behaves as it
does in a warehouse; only the time zone is UTC everywhere.
"""
